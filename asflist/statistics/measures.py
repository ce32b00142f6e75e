"""What is counted in the yearly reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Measure:
    """One figure of a report; ``key`` is its field on ``YearlyReport`` and stands in addresses.

    The reports' figures are added together, or for a ``mean`` divided by how many they are.
    """

    key: str
    label: Any
    unit: Any
    mean: bool = False


MEASURES: dict[str, Measure] = {
    measure.key: measure
    for measure in (
        Measure("employees", _("Employees"), _("people")),
        Measure("participants", _("Participants"), _("people")),
        Measure("target_group_share", _("Share from the target group"), _("percent"), mean=True),
        Measure("to_work", _("Went on to work"), _("people")),
        Measure("to_study", _("Went on to study"), _("people")),
        Measure("training_hours", _("Hours of work training"), _("hours")),
        Measure("turnover", _("Turnover"), _("kronor")),
        Measure("sales", _("Sales"), _("kronor")),
    )
}
