"""A theory of change as a figure: stages from start to goal, in each what three lanes gain.

The same data are the page's figure, an SVG that is drawn here, and a PDF that Typst sets.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.cache import cache

from core.charts import plain
from core.lettering import clean, wrap
from core.mail import full_url
from core.typesetting import compile_typst, digest, printable
from library.enums import Lane

if TYPE_CHECKING:
    from library.models import TheoryOfChangePage

TYPST = Path(__file__).parent / "typst"
KEEP = 24 * 60 * 60  # seconds

COLUMN, GAP, MARGIN, PADDING = 250, 18, 48, 16  # user units of the SVG
MOST_ON_A4, SIGNS_ON_A4 = 5, 1800  # stages, and signs in all their values
RISE = 26  # how much higher each stage stands than the one before it
TITLE, STAGE, LANE, TEXT = 30, 20, 16, 16
LINES = {TITLE: 40, STAGE: 26, TEXT: 22}


@dataclass(frozen=True)
class Group:
    """What one lane gains at one stage; ``values`` may be empty."""

    lane: Lane
    values: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """A stage with one group for each lane, in the lanes' order; ``number`` is from 1."""

    number: int
    title: str
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Theory:
    """All that the figure shows, in ``language``."""

    title: str
    introduction: str
    language: str
    url: str
    stages: tuple[Stage, ...]

    @classmethod
    def of(cls, page: TheoryOfChangePage) -> Theory:
        """Return what the editor has written on ``page``."""
        return cls(
            title=page.title,
            introduction=page.introduction,
            language=page.locale.language_code,
            url=full_url(page.get_url() or "/"),
            stages=stages_of(block.value for block in page.stages),
        )

    @property
    def description(self) -> str:
        """The whole figure in words, in the order that it is read."""
        return " ".join(
            f"{stage.number}. {clean(stage.title)}. "
            + " ".join(
                f"{group.lane.label}: {'; '.join(map(clean, group.values))}."
                for group in stage.groups
                if group.values
            )
            for stage in self.stages
        )


def stages_of(values: Any) -> tuple[Stage, ...]:
    """Return the stages of ``StageBlock`` values, blank lines in their lanes left out."""
    return tuple(
        Stage(number, value["title"], groups_of(value)) for number, value in enumerate(values, 1)
    )


def groups_of(value: Mapping[str, Any]) -> tuple[Group, ...]:
    """Return a stage's groups."""
    return tuple(
        Group(lane, tuple(text for text in value[lane.value] or [] if text and text.strip()))
        for lane in Lane
    )


@dataclass(frozen=True)
class Block:
    """A rounded block; ``role`` is stage or the lane's value."""

    x: str
    y: str
    width: str
    height: str
    role: str


@dataclass(frozen=True)
class Line:
    """A line of text and where it begins."""

    x: str
    y: str
    text: str
    role: str
    size: int


@dataclass(frozen=True)
class Column:
    """A stage as it is drawn."""

    stage: Stage
    blocks: tuple[Block, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Drawing:
    """The picture's size and what is in it."""

    width: str
    height: str
    heading: tuple[Line, ...]
    columns: tuple[Column, ...]


def draw(theory: Theory) -> Drawing:
    """Return the figure as blocks and lines of text: stages side by side, each a step higher."""
    number = max(len(theory.stages), 1)
    wide = 2 * MARGIN + number * COLUMN + (number - 1) * GAP
    wide = max(wide, 2 * MARGIN + 2 * COLUMN)
    heading, y = written(
        wrap(theory.title, wide - 2 * MARGIN, TITLE, bold=True), MARGIN, "title", MARGIN, TITLE
    )
    head = max((height_of_title(stage) for stage in theory.stages), default=0)
    lanes = [
        max((height_of(stage.groups[place]) for stage in theory.stages), default=0)
        for place in range(len(Lane))
    ]
    top = y + GAP + RISE * (number - 1)
    columns = []
    for place, stage in enumerate(theory.stages):
        left = MARGIN + place * (COLUMN + GAP)
        columns.append(column(stage, left, top - RISE * place, head, lanes))
    height = top + head + sum(lanes) + GAP / 2 * len(lanes) + MARGIN
    return Drawing(plain(wide), plain(height), tuple(heading), tuple(columns))


def written(lines: list[str], x: float, role: str, y: float, size: int) -> tuple[list[Line], float]:
    """Return lines under one another from ``y``, and where they end."""
    step = LINES[size]
    rows = [
        Line(plain(x), plain(y + step * place + step * 0.75), text, role, size)
        for place, text in enumerate(lines)
    ]
    return rows, y + step * len(lines)


def title_lines(stage: Stage) -> list[str]:
    """Return the stage's title with its number, broken to the column."""
    return wrap(f"{stage.number}. {stage.title}", COLUMN - 2 * PADDING, STAGE, bold=True)


def height_of_title(stage: Stage) -> float:
    """Return how high the block of the stage's title must be."""
    return len(title_lines(stage)) * LINES[STAGE] + 1.5 * PADDING


def value_lines(value: str) -> list[str]:
    """Return a value broken to the column, beside its mark."""
    return wrap(value, COLUMN - 2 * PADDING - 18, TEXT)


def height_of(group: Group) -> float:
    """Return how high the block of ``group`` must be."""
    lines = sum(len(value_lines(value)) for value in group.values)
    return LINES[TEXT] * (lines + 1) + 6 * len(group.values) + 2 * PADDING


def column(stage: Stage, x: float, y: float, head: float, lanes: list[float]) -> Column:
    """Return a stage drawn from ``y`` down: its title, then a block for each lane."""
    blocks = [Block(plain(x), plain(y), plain(COLUMN), plain(head), "stage")]
    lines, _end = written(title_lines(stage), x + PADDING, "stage", y + 0.75 * PADDING, STAGE)
    y += head + GAP / 2
    for group, height in zip(stage.groups, lanes, strict=True):
        blocks.append(Block(plain(x), plain(y), plain(COLUMN), plain(height), group.lane.value))
        inner = x + PADDING
        rows, end = written([str(group.lane.label)], inner, "lane", y + PADDING, TEXT)
        lines += rows
        for value in group.values:
            lines.append(
                Line(plain(inner), plain(end + 6 + LINES[TEXT] * 0.75), "•", "value", TEXT)
            )
            rows, end = written(value_lines(value), inner + 18, "value", end + 6, TEXT)
            lines += rows
        y += height + GAP / 2
    return Column(stage, tuple(blocks), tuple(lines))


def pdf(theory: Theory) -> bytes:
    """Return the figure as one lying page, A4 or A3: PDF/UA-1 (ISO 14289-1).

    It is kept until the theory or the Typst file changes.
    """
    data = describe(theory)
    written_down = json.dumps(data, sort_keys=True)
    key = hashlib.sha256(f"{digest(TYPST)} {written_down}".encode()).hexdigest()
    made: bytes | None = cache.get(f"theory-{key}")
    if made is None:
        made = compile_typst(TYPST / "theory.typ", "pdf", data)
        cache.set(f"theory-{key}", made, KEEP)
    return made


def describe(theory: Theory) -> dict[str, Any]:
    """Return what the Typst file shows, only signs that the typeface has."""
    return {
        "language": theory.language,
        "text_language": theory.language,
        "author": "ASF Lyfter",
        "document_title": printable(theory.title) or "ASF Lyfter",
        "introduction": printable(theory.introduction),
        "url": theory.url,
        "url_shown": theory.url.split("://", 1)[-1].rstrip("/"),
        "paper": paper(theory),
        "stages": [
            {
                "title": printable(f"{stage.number}. {stage.title}"),
                "groups": [
                    {
                        "lane": group.lane.value,
                        "label": str(group.lane.label),
                        "values": [text for text in map(printable, group.values) if text],
                    }
                    for group in stage.groups
                ],
            }
            for stage in theory.stages
        ],
    }


def paper(theory: Theory) -> str:
    """Return the paper that the figure can be read on: A3 where there is much in it."""
    signs = sum(len(value) for s in theory.stages for g in s.groups for value in g.values)
    return "a4" if len(theory.stages) <= MOST_ON_A4 and signs <= SIGNS_ON_A4 else "a3"
