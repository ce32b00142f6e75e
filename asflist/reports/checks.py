"""What is asked about figures that may be right and look wrong: pure functions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from asflist.statistics.measures import MEASURES
from core.numbers import number

#: How many times more or less than last year is asked about.
FACTOR = 5
#: A figure that goes to or from nought is asked about when the other is at least this.
FROM_NOUGHT = 10
#: Hours of a whole working year; nobody trains for more.
WORKING_YEAR = 2_000
#: What is counted in people is “many”; anything else is “much”.
MUCH = frozenset({"target_group_share", "training_hours", "turnover", "sales"})

Figures = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """Something to say yes to; ``field`` is the figure, ``text`` the question in words."""

    field: str
    text: str


def questions(figures: Figures, before: Figures, year_before: int) -> list[Question]:
    """Return what to ask about ``figures``, at most one question each, beside last year's."""
    asked: dict[str, Question] = {}
    for question in (*within(figures), *against(figures, before, year_before)):
        asked.setdefault(question.field, question)
    return list(asked.values())


def within(figures: Figures) -> Iterator[Question]:
    """Yield what does not fit together within the report itself."""
    participants = figures.get("participants")
    if participants is None:
        return
    went_on = (figures.get("to_work") or 0) + (figures.get("to_study") or 0)
    if went_on > participants:
        text = _("%(went)s went on to work or study, out of %(all)s participants: is that right?")
        field = "to_work" if figures.get("to_work") else "to_study"
        yield Question(field, text % {"went": number(went_on), "all": number(participants)})
    hours = figures.get("training_hours") or 0
    if hours > participants * WORKING_YEAR:
        text = _("That is more than full time for each participant: is that right?")
        yield Question("training_hours", text)


def against(figures: Figures, before: Figures, year: int) -> Iterator[Question]:
    """Yield what has changed very much since ``year``."""
    for field in MEASURES:
        now, then = figures.get(field), before.get(field)
        if now is None or then is None:
            continue
        if text := about_change(field, now, then):
            times = max(now, then) // max(min(now, then), 1)
            words = {"year": year, "before": number(then), "times": number(times)}
            yield Question(field, text % words)


def about_change(field: str, now: int, then: int) -> str:
    """Return the question with room for ``year``, ``before`` and ``times``; ``""`` for none."""
    much = field in MUCH
    if not now or not then:
        asked = max(now, then) >= FROM_NOUGHT
        return _("It was %(before)s in %(year)d: is that right?") if asked else ""
    if now >= FACTOR * then:
        return (
            _("%(times)s times as much as in %(year)d (%(before)s): is that right?")
            if much
            else _("%(times)s times as many as in %(year)d (%(before)s): is that right?")
        )
    if then >= FACTOR * now:
        return (
            _("%(times)s times less than in %(year)d (%(before)s): is that right?")
            if much
            else _("%(times)s times fewer than in %(year)d (%(before)s): is that right?")
        )
    return ""
