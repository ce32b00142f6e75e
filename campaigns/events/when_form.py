"""The step that asks when the doors are open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from campaigns.dates import span_in_words
from campaigns.events.step_form import EventStepForm
from campaigns.models import Booking, EventTime

MOST_TIMES = 12


@dataclass(frozen=True)
class TimeRow:
    """The fields of one time in the form; ``number`` counts from 1."""

    number: int
    fields: list[forms.BoundField]
    key: forms.BoundField


class WhenForm(EventStepForm):
    """One or several times. An empty row is no time.

    What has been booked stays: a time with bookings may be moved, and not be taken away.
    """

    title = _("When are the doors open?")
    template = "campaigns/registration/when.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_count = max(1, min(MOST_TIMES, self.count_rows()))
        campaign = self.draft.campaign
        for row in range(self.row_count):
            limits = {
                "min": f"{campaign.starts_on:%Y-%m-%d}",
                "max": f"{campaign.ends_on:%Y-%m-%d}",
            }
            self.fields[f"day-{row}"] = forms.DateField(
                label=_("Day"),
                required=False,
                initial=campaign.starts_on,
                widget=forms.DateInput({"type": "date", **limits}, format="%Y-%m-%d"),
            )
            for name, label in (("opens", _("Opens")), ("closes", _("Closes"))):
                self.fields[f"{name}-{row}"] = forms.TimeField(
                    label=label,
                    required=False,
                    input_formats=["%H:%M", "%H.%M", "%H:%M:%S", "%H", "%H%M"],
                    widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
                )
            self.fields[f"key-{row}"] = forms.UUIDField(required=False, widget=forms.HiddenInput)
        self.fields["rows"] = forms.IntegerField(
            required=False, widget=forms.HiddenInput, initial=self.row_count
        )

    def count_rows(self) -> int:
        """Return how many rows the form was sent or kept with."""
        given = self.data.get("rows") if self.is_bound else self.initial.get("rows")
        digits = str(given)
        return int(digits) if digits.isdecimal() and len(digits) < 4 else 1

    @cached_property
    def times_by_key(self) -> dict[Any, EventTime]:
        """The times of the event that is being changed, by their lasting identity."""
        if not self.draft.event_id:
            return {}
        return {time.uid: time for time in EventTime.objects.filter(event=self.draft.event_id)}

    @cached_property
    def booked(self) -> dict[Any, int]:
        """How many bookings each time has, by its identity; times without any are left out."""
        if not self.draft.event_id:
            return {}
        bookings = Booking.objects.active().filter(event=self.draft.event_id)
        counts: dict[Any, int] = {}
        for key in bookings.values_list("time__uid", flat=True):
            counts[key] = counts.get(key, 0) + 1
        return counts

    def may_add(self) -> bool:
        """Whether there may be another row."""
        return self.row_count < MOST_TIMES

    def time_rows(self) -> list[TimeRow]:
        """Return the fields of each time."""
        return [
            TimeRow(
                row + 1,
                [self[f"day-{row}"], self[f"opens-{row}"], self[f"closes-{row}"]],
                self[f"key-{row}"],
            )
            for row in range(self.row_count)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        times: list[dict[str, Any]] = []
        kept: set[Any] = set()
        for row in range(self.row_count):
            key = cleaned.get(f"key-{row}")
            if key not in self.times_by_key or key in kept:
                key = None
            kept.add(key)
            if self.is_empty(row):
                self.refuse_to_drop(row, key)
            elif found := self.clean_row(row):
                times.append({"uid": key, "starts_at": found[0], "ends_at": found[1]})
        for key in self.booked.keys() - kept:
            self.add_error("opens-0", booked_message(self.times_by_key[key], self.booked[key]))
        spans = [(found["starts_at"], found["ends_at"]) for found in times]
        if len(spans) > len(set(spans)):
            self.add_error("opens-0", _("The same time stands here twice."))
        if not times and not self.errors:
            self.add_error("opens-0", _("Give at least one time."))
        cleaned["times"] = sorted(times, key=lambda found: found["starts_at"])
        return cleaned

    def is_empty(self, row: int) -> bool:
        """Whether a row has no time typed; the day alone is none."""
        typed = self.data
        return not any(typed.get(f"{name}-{row}", "").strip() for name in ("opens", "closes"))

    def refuse_to_drop(self, row: int, key: Any) -> None:
        """Add an error when the emptied row is a time that somebody has booked."""
        if key in self.booked:
            self.add_error(f"opens-{row}", booked_message(self.times_by_key[key], self.booked[key]))

    def clean_row(self, row: int) -> tuple[datetime, datetime] | None:
        """Return when the row opens and closes (aware), or None and an error at its field."""
        campaign = self.draft.campaign
        missing = {
            "day": _("Give the day."),
            "opens": _("Say when you open."),
            "closes": _("Say when you close."),
        }
        values: dict[str, Any] = {}
        for name, message in missing.items():
            values[name] = self.cleaned_data.get(f"{name}-{row}")
            if values[name] is None and f"{name}-{row}" not in self.errors:
                self.add_error(f"{name}-{row}", message)
        if None in values.values():
            return None
        if not campaign.starts_on <= values["day"] <= campaign.ends_on:
            when = span_in_words(campaign.starts_on, campaign.ends_on)
            message = _("The campaign is %(when)s. Choose a day in it.")
            self.add_error(f"day-{row}", str(message) % {"when": when})
            return None
        if values["closes"] <= values["opens"]:
            self.add_error(f"closes-{row}", _("It must close after it opens."))
            return None
        return moment(values["day"], values["opens"]), moment(values["day"], values["closes"])

    def answers(self) -> Iterator[tuple[str, str]]:
        for found in self.cleaned_data["times"]:
            shown = EventTime(starts_at=found["starts_at"], ends_at=found["ends_at"])
            yield gettext("Time"), shown.in_words


def moment(day: date, clock: time) -> datetime:
    """Return the Swedish day and time as an aware moment."""
    return timezone.make_aware(datetime.combine(day, clock), timezone.get_default_timezone())


def booked_message(found: EventTime, number: int) -> str:
    """Say that a time cannot be taken away while it is booked."""
    return ngettext(
        "%(number)d booking has been made for %(time)s. It cannot be taken away. Move it, or "
        "cancel the event: those who have booked are then told.",
        "%(number)d bookings have been made for %(time)s. It cannot be taken away. Move it, or "
        "cancel the event: those who have booked are then told.",
        number,
    ) % {"number": number, "time": found.in_words}
