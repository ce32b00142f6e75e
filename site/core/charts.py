"""Bars from figures: the same numbers as a picture, as a table, and as rows of a CSV file.

Pure functions from figures to geometry. Lengths are in user units of SVG, which are CSS pixels
when the picture is shown in its own size.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from core.lettering import clean, width, wrap
from core.numbers import number

WIDE, NARROW = 640, 320
TEXT, TITLE = 16, 22  # sizes of type
LINE, TITLE_LINE = 22, 30
BAR, BAR_BEFORE = 26, 18  # heights
GAP, SPACE, MARGIN = 6, 18, 32
LEAST = 2  # the width of a bar that is not nought, however small
LABELS = Decimal("0.36")  # of the width, at most


@dataclass(frozen=True)
class Bar:
    """One figure, and the same at the earlier time where it is known."""

    label: str
    value: Decimal
    before: Decimal | None = None


@dataclass(frozen=True)
class Chart:
    """Figures that are compared, with what readers must know of them."""

    title: str
    unit: str
    period: str
    bars: tuple[Bar, ...]
    period_before: str = ""
    source: str = ""

    @classmethod
    def from_block(cls, value: Mapping[str, Any]) -> Chart:
        """Return the chart that an editor has written in a ``ChartBlock``."""
        texts = ("title", "unit", "period", "period_before", "source")
        bars = tuple(Bar(row["label"], row["value"], row["before"]) for row in value["bars"])
        return cls(bars=bars, **{name: clean(value[name] or "") for name in texts})

    @cached_property
    def compares(self) -> bool:
        """Whether any figure has an earlier one."""
        return any(bar.before is not None for bar in self.bars)

    @cached_property
    def earlier(self) -> str:
        """What the earlier time is called."""
        return self.period_before or gettext("Before")

    @property
    def subtitle(self) -> str:
        """What the numbers count and when: “avtal, december 2021 och september 2022”."""
        times = self.period
        if self.compares and self.period_before:
            words = {"before": self.period_before, "now": self.period}
            times = gettext("%(before)s and %(now)s") % words
        return ", ".join(filter(None, (self.unit, times)))

    @property
    def description(self) -> str:
        """What the picture shows, for those who do not see it; each figure is in the table."""
        if not self.bars:
            return ""
        most = max(self.bars, key=lambda bar: bar.value)
        least = min(self.bars, key=lambda bar: bar.value)
        words = {"unit": self.subtitle, "most": self.say(most), "least": self.say(least)}
        if len(self.bars) == 1:
            return gettext("One bar (%(unit)s): %(most)s.") % words
        text = gettext("%(number)d bars (%(unit)s). Most: %(most)s. Least: %(least)s.")
        return text % {**words, "number": len(self.bars)}

    def say(self, bar: Bar) -> str:
        """Return the bar in words: “Gävleborg 4 (2 in December 2021)”."""
        words = f"{clean(bar.label)} {number(bar.value)}"
        if bar.before is None:
            return words
        return f"{words} ({number(bar.before)}: {self.earlier})"


@dataclass(frozen=True)
class Rect:
    """A bar's place; ``before`` marks the hatched one of the earlier time."""

    x: str
    y: str
    width: str
    height: str
    before: bool


@dataclass(frozen=True)
class Words:
    """A line of text and where it begins; ``role`` is title, label, value, before or note."""

    x: str
    y: str
    text: str
    role: str


@dataclass(frozen=True)
class Drawing:
    """All that the picture holds; every coordinate is written with a point, whoever reads it."""

    width: str
    height: str
    rects: tuple[Rect, ...]
    words: tuple[Words, ...]
    zero_x: str
    #: Where nought is drawn: from and to, as heights.
    zeros: tuple[tuple[str, str], ...]


def plain(value: float | Decimal) -> str:
    """Return a coordinate as SVG writes numbers, with two decimals at most."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Scale:
    """From figures to horizontal places: ``left`` and ``room`` in user units."""

    low: Decimal
    high: Decimal
    left: float
    room: float

    @classmethod
    def of(cls, values: Iterable[Decimal], left: float, room: float) -> Scale:
        """Return the scale that has room for all ``values`` and nought."""
        known = [*values, Decimal(0)]
        return cls(min(known), max(known), left, room)

    def x(self, value: Decimal) -> float:
        """Return where ``value`` is."""
        span = self.high - self.low
        part = float((value - self.low) / span) if span else 0.0
        return self.left + part * self.room

    def bar(self, value: Decimal) -> tuple[float, float]:
        """Return where the bar of ``value`` begins, and its width."""
        zero, end = self.x(Decimal(0)), self.x(value)
        length = max(abs(end - zero), LEAST) if value else 0.0
        return (zero - length if value < 0 else zero), length


class Pen:
    """Draws downwards."""

    def __init__(self, chart: Chart, wide: int, margin: float) -> None:
        self.chart, self.wide, self.margin = chart, wide, margin
        self.y = margin
        self.rects: list[Rect] = []
        self.words: list[Words] = []
        self.zeros: list[tuple[str, str]] = []

    def write(self, lines: list[str], x: float, role: str, line: int = LINE) -> None:
        """Write lines under one another and go on below them."""
        for text in lines:
            self.words.append(Words(plain(x), plain(self.y + line * 0.75), text, role))
            self.y += line

    def key(self, text: str, *, before: bool) -> None:
        """Explain what a kind of bar stands for."""
        swatch = Rect(plain(self.margin), plain(self.y + 2), "18", "18", before)
        self.rects.append(swatch)
        room = self.wide - 2 * self.margin - 28
        self.write(wrap(text, room, TEXT), self.margin + 28, "label")
        self.y += GAP

    def bar(self, scale: Scale, value: Decimal, height: int, *, before: bool) -> None:
        """Draw a bar with its number beside it, and go on below."""
        x, length = scale.bar(value)
        self.rects.append(Rect(plain(x), plain(self.y), plain(length), plain(height), before))
        beside = max(x + length, scale.x(Decimal(0))) + 8
        middle = self.y + height / 2 + TEXT * 0.35
        role = "before" if before else "value"
        self.words.append(Words(plain(beside), plain(middle), number(value), role))
        self.y += height


def draw(chart: Chart, wide: int = WIDE, *, framed: bool = False) -> Drawing:
    """Return the bars of ``chart`` in a picture ``wide`` units wide, as high as it needs.

    In a narrow one the labels stand above the bars, else beside them. A ``framed`` one says also
    what stands around the chart on a page: title, unit, time and source.
    """
    margin = MARGIN if framed else 0
    pen = Pen(chart, wide, margin)
    inner = wide - 2 * margin
    if framed:
        pen.write(wrap(chart.title, inner, TITLE, bold=True), margin, "title", TITLE_LINE)
        pen.write(wrap(chart.subtitle, inner, TEXT), margin, "note")
        pen.y += SPACE
    if chart.compares:
        pen.key(chart.period, before=False)
        pen.key(chart.earlier, before=True)
        pen.y += GAP
    labels = label_room(chart, inner) if wide >= WIDE else 0.0
    values = [v for bar in chart.bars for v in (bar.value, bar.before) if v is not None]
    beside = max((width(number(value), TEXT, bold=True) for value in values), default=0) + 8
    scale = Scale.of(values, margin + labels, max(inner - labels - beside, 1))
    top = pen.y
    for bar in chart.bars:
        draw_bar(pen, bar, scale, labels)
    pen.y -= SPACE if chart.bars else 0
    if labels:
        pen.zeros = [(plain(top), plain(pen.y))]
    if framed and chart.source:
        pen.y += SPACE
        source = gettext("Source: %(source)s") % {"source": chart.source}
        pen.write(wrap(source, inner, TEXT), margin, "note")
    zero = plain(scale.x(Decimal(0)))
    height = plain(pen.y + margin)
    return Drawing(plain(wide), height, tuple(pen.rects), tuple(pen.words), zero, tuple(pen.zeros))


def label_room(chart: Chart, inner: float) -> float:
    """Return how wide the column of labels is, the air after it included."""
    longest = max((width(clean(bar.label), TEXT) for bar in chart.bars), default=0)
    return min(longest, float(LABELS) * inner) + 16


def draw_bar(pen: Pen, bar: Bar, scale: Scale, labels: float) -> None:
    """Draw a label with its one or two bars, beside one another or, without ``labels``, below."""
    start = pen.y
    bars = BAR + (GAP + BAR_BEFORE if bar.before is not None else 0)
    if labels:
        lines = wrap(bar.label, labels - 16, TEXT)
        pen.y = start + max((bars - len(lines) * LINE) / 2, 0)
        pen.write(lines, pen.margin, "label")
        below = max(pen.y, start + bars)
        pen.y = start + max((len(lines) * LINE - bars) / 2, 0)
    else:
        pen.write(wrap(bar.label, pen.wide - 2 * pen.margin, TEXT), pen.margin, "label")
        pen.y += 2
        below = 0
        pen.zeros.append((plain(pen.y), plain(pen.y + bars)))
    pen.bar(scale, bar.value, BAR, before=False)
    if bar.before is not None:
        pen.y += GAP
        pen.bar(scale, bar.before, BAR_BEFORE, before=True)
    pen.y = max(pen.y, below) + SPACE


def table(chart: Chart) -> tuple[list[str], list[list[Any]]]:
    """Return the header and the rows of the chart's figures; numbers are ``Decimal`` or None."""
    label = gettext("What it counts")
    if not chart.compares:
        return [label, chart.period], [[bar.label, bar.value] for bar in chart.bars]
    header = [label, chart.earlier, chart.period]
    return header, [[bar.label, bar.before, bar.value] for bar in chart.bars]


def exact(cell: Any) -> Any:
    """Return a cell of ``table`` for a CSV file: a number with every digit and no exponent."""
    return Figure(cell) if isinstance(cell, Decimal) else cell


class Figure(Decimal):
    """A number that is written out: ``1200`` and never ``1.2E+3``."""

    def __str__(self) -> str:
        return f"{self:f}"
