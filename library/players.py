"""What the player of a film shows: which file, from which second, with which tracks beside it."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.text import format_name
from library import durations
from library.enums import FilmVersion
from library.film_chapters import FilmChapter, film_chapters
from library.outside_films import OutsideFilm, outside_film

if TYPE_CHECKING:
    from library.models import FilmPage

LAST_SECOND = 24 * 3600  # what an address may ask for


@dataclass(frozen=True)
class VersionLink:
    """A way to another version of the film, from the same second."""

    label: str
    url: str
    icon: str
    is_current: bool


@dataclass
class Player:
    """A film as it is played in one place: a version of it, from the second ``start`` on."""

    film: FilmPage
    start: int = 0
    version: str = FilmVersion.MAIN
    #: The id of its place in a text.
    anchor: str = ""

    @classmethod
    def from_query(cls, film: FilmPage, query: Mapping[str, str]) -> Player:
        """Return the player that an address asks for: ``?t=83`` and ``?version=described``.

        What cannot be read, and a version that there is not, is passed over.
        """
        player = cls(film, start=read_second(query.get("t", "")))
        version = query.get("version", "")
        if version in FilmVersion.values and player.files[version]:
            player.version = version
        return player

    @cached_property
    def files(self) -> dict[str, Any]:
        """Version → its file or None; the film's own stands for itself."""
        return {
            FilmVersion.MAIN: self.film.video,
            FilmVersion.DESCRIBED: self.film.described_video,
            FilmVersion.SIGNED: self.film.sign_language_video,
        }

    @property
    def file(self) -> Any:
        """The chosen version's file, or None."""
        return self.files[self.version]

    @property
    def source(self) -> str:
        """The file's address; a media fragment begins it at the second (W3C Media Fragments 1.0)."""
        return f"{self.file.url}#t={self.start}" if self.start else self.file.url

    @property
    def media_type(self) -> str:
        """The file's media type, for example ``"video/mp4"``."""
        return mimetypes.guess_type(self.file.file.name)[0] or "application/octet-stream"

    @property
    def format(self) -> str:
        """The file's format as readers know it, for example ``"MP4"``."""
        return format_name(self.file.file.name)

    @cached_property
    def size(self) -> int | None:
        """The file's size in bytes, or None when there is no such file."""
        try:
            return self.file.file.size
        except OSError:
            return None

    @cached_property
    def outside(self) -> OutsideFilm | None:
        """The film on another site, for a film that we have no file of."""
        if self.file or not self.film.external_url:
            return None
        return outside_film(self.film.external_url, self.start)

    @property
    def clock(self) -> str:
        """The second it begins at, as readers write it; an empty string for the beginning."""
        return durations.clock(self.start) if self.start else ""

    @cached_property
    def chapters(self) -> list[FilmChapter]:
        """The film's chapters."""
        return film_chapters(self.film)

    @property
    def page_url(self) -> str:
        """The film's own page, at the same second and version."""
        return f"{self.film.url}{self.query(self.start)}"

    @property
    def kept(self) -> str:
        """What a link to another second keeps of the address: ``"version=described&"``."""
        return "" if self.version == FilmVersion.MAIN else f"version={self.version}&"

    @property
    def versions(self) -> list[VersionLink]:
        """The versions that there are, when there is more than the film itself."""
        looks = {
            FilmVersion.MAIN: (_("The film"), "film"),
            FilmVersion.DESCRIBED: (_("With audio description"), "audio-lines"),
            FilmVersion.SIGNED: (_("In sign language"), "hand"),
        }
        links = [
            VersionLink(label, self.query(self.start, version), icon, version == self.version)
            for version, (label, icon) in looks.items()
            if self.files[version]
        ]
        return links if len(links) > 1 else []

    def query(self, second: int, version: str | None = None) -> str:
        """Return the query that leads to a second of a version: ``"?t=83"``, ``"?"`` for none."""
        chosen = self.version if version is None else version
        parameters: dict[str, Any] = {}
        if chosen != FilmVersion.MAIN:
            parameters["version"] = chosen
        if second:
            parameters["t"] = second
        return f"?{urlencode(parameters)}"


def read_second(text: str) -> int:
    """Return the second that ``?t=`` names: ``"83"``, ``"83s"`` or ``"1:23"``; else 0."""
    plain = text.strip().removesuffix("s")
    try:
        second = durations.seconds(plain) if ":" in plain else int(plain)
    except ValueError:
        return 0
    return second if 0 <= second <= LAST_SECOND else 0
