"""What the player of a film shows: which file, from which second, with which tracks beside it."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from core.text import format_name
from library import durations
from library.enums import FilmVersion
from library.film_chapters import FilmChapter, film_chapters
from library.outside_films import OutsideFilm, outside_film

if TYPE_CHECKING:
    from library.models import FilmPage

#: How many times as fast as it was recorded.
SPEEDS = (0.5, 0.75, 1, 1.25, 1.5, 1.75, 2)
ICONS = {
    FilmVersion.MAIN: "film",
    FilmVersion.DESCRIBED: "audio-lines",
    FilmVersion.SIGNED: "hand",
}
LAST_SECOND = 24 * 3600  # what an address may ask for


@dataclass(frozen=True)
class VersionLink:
    """A way to another version of the film, from the same second."""

    label: str
    url: str
    icon: str
    is_current: bool


@dataclass(frozen=True)
class Track:
    """A text track of a player: captions, chapters or descriptions."""

    kind: str
    url: str
    language: str
    label: str
    default: bool = False


@dataclass
class Player:
    """A film as it is played in one place: a version of it, from the second ``start`` on."""

    film: FilmPage
    start: int = 0
    version: str = FilmVersion.MAIN
    #: The id of its place in a text.
    anchor: str = ""
    #: On the film's own page every track is there; in a text the captions.
    whole: bool = False

    speeds = SPEEDS

    @classmethod
    def from_query(cls, film: FilmPage, query: Mapping[str, str]) -> Player:
        """Return the player that an address asks for: ``?t=83`` and ``?version=described``.

        What cannot be read, and a version that there is not, is passed over.
        """
        player = cls(film, start=read_second(query.get("t", "")), whole=True)
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
        """The file and, as a media fragment, its second (https://www.w3.org/TR/media-frags/)."""
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

    @cached_property
    def captions(self) -> list[Track]:
        """The captions, those in the reader's language shown at first."""
        return [Track(kind="captions", **track) for track in self.film.tracks]

    @cached_property
    def descriptions(self) -> list[Track]:
        """What is seen, as text."""
        names = dict(settings.LANGUAGES)
        return [
            Track(
                "descriptions", self.track_url("descriptions", language), language, names[language]
            )
            for language in sorted(row.language for row in self.film.descriptions.all())
        ]

    @cached_property
    def tracks(self) -> list[Track]:
        """What stands beside the film in its player."""
        if not self.whole or not self.film.url:
            return self.captions
        language = self.film.locale.language_code
        url = self.track_url("chapters", language)
        chapters = [Track("chapters", url, language, _("Chapters"))] if self.chapters else []
        return [*self.captions, *chapters, *self.descriptions]

    def track_url(self, kind: str, language: str) -> str:
        """Return the address of one of the film's text tracks."""
        return f"{self.film.url}{kind}/{language}.vtt"

    @property
    def versions(self) -> list[VersionLink]:
        """The versions that there are, when there is more than the film itself."""
        links = [
            VersionLink(
                str(version.label),
                self.query(self.start, version),
                ICONS[version],
                is_current=version == self.version,
            )
            for version in FilmVersion
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
