"""The parts of a film: as a list to go by, and as a WebVTT track for its player."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from library import durations

if TYPE_CHECKING:
    from library.models import FilmPage

LAST_CHAPTER = 3600  # seconds that a last chapter gets where the film's length is not known


@dataclass(frozen=True)
class FilmChapter:
    """A part of a film, from one second up to another (None: to the end of the film)."""

    start: int
    end: int | None
    title: str

    @property
    def clock(self) -> str:
        """When it begins, as readers write it: “1:23”."""
        return durations.clock(self.start)


def film_chapters(film: FilmPage) -> list[FilmChapter]:
    """Return the film's chapters in the order of their times; a time is a chapter's only once."""
    titles: dict[int, str] = {}
    for block in film.chapters:
        try:
            titles.setdefault(durations.seconds(block.value["start"]), block.value["title"])
        except ValueError:  # A draft may hold what no published film may.
            continue
    starts = sorted(titles)
    ends = [*starts[1:], film.duration if starts and (film.duration or 0) > starts[-1] else None]
    return [
        FilmChapter(start, end, titles[start]) for start, end in zip(starts, ends, strict=False)
    ]


def as_vtt(chapters: Iterable[FilmChapter]) -> str:
    """Return chapters as WebVTT of the kind ``chapters`` (https://www.w3.org/TR/webvtt1/ § 4.3)."""
    cues = []
    for chapter in chapters:
        end = chapter.end or chapter.start + LAST_CHAPTER
        title = escape(" ".join(chapter.title.split()), quote=False)
        cues.append(f"{stamp(chapter.start)} --> {stamp(end)}\n{title}\n")
    return "\n".join(["WEBVTT\n", *cues])


def stamp(seconds: int) -> str:
    """Return a second as a WebVTT time stamp: ``"00:01:23.000"``."""
    minutes, left = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{left:02}.000"
