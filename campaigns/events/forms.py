"""The steps of the public form, each a plain form over what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from asflist.enums import SpokenLanguage
from asflist.models import Enterprise, Industry
from asflist.places import municipality, municipality_choices
from campaigns.dates import span_in_words
from campaigns.enums import AccessFact, BookingMode
from campaigns.models import Booking, Event, EventDraft, EventReport, EventTime
from core.enums import ContentLanguage
from core.guard import LINK, GuardedForm
from core.uploads import clean_picture

MOST_TIMES = 12
#: Typed text is kept as it is up to here: longer than any field may be, shorter than an attack.
LONGEST = 5_000
#: As many values as a field may be sent with: more than any has choices.
MOST_VALUES = 100


def event_field(name: str, **changes: Any) -> Any:
    """Return the form field for a field of ``Event``, with its words and limits."""
    field: Any = Event._meta.get_field(name)
    return field.formfield(**changes)


class StepForm(forms.Form):
    """One step: its fields are those of the event, its data what ``EventDraft`` has kept."""

    title: ClassVar[Any]
    template: ClassVar[str] = "campaigns/registration/fields.html"

    def __init__(self, *args: Any, draft: EventDraft, **kwargs: Any) -> None:
        self.draft = draft
        super().__init__(*args, **kwargs)

    def answers(self) -> Iterator[tuple[str, str]]:
        """Yield each field's label and what was answered, in words, for the page to check."""
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            yield str(field.label), in_words(field, value)


def in_words(field: forms.Field, value: Any) -> str:
    """Return a cleaned value as a reader says it; ``""`` for none."""
    if value in (None, "", []):
        return ""
    choices = getattr(field, "choices", None)
    if choices is None:
        return str(value)
    labels = {str(key): str(label) for key, label in flat(choices)}
    chosen = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(key), str(key)) for key in chosen)


def flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the choices of a field, those in groups too."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from flat(label)
        else:
            yield key, label


class WhoForm(StepForm):
    """The host, and whom staff write to."""

    title = _("Who opens the doors?")

    enterprise = forms.TypedChoiceField(
        label=_("Your ASF on the ASF list"),
        help_text=_("Choose it if you are on the list. Visitors are then led to your entry."),
        required=False,
        coerce=int,
        empty_value=None,
    )
    host = event_field(
        "host",
        required=False,
        label=_("The ASF’s name"),
        help_text=_("If you are not on the list, or want another name in the programme."),
    )
    name = forms.CharField(
        label=_("Contact’s name"),
        max_length=120,
        help_text=_("Visitors do not see name, e-mail and phone. We write to you about the event."),
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("We send you a link to confirm. Later you change your event with such a link."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label=_("Phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Enterprise.objects.published().in_source_language().alphabetical()
        self.fields["enterprise"].choices = [  # type: ignore[attr-defined]
            ("", _("We are not on the list")),
            *names.values_list("pk", "name"),
        ]
        if self.draft.event:
            field = self.fields["email"]
            field.disabled = True
            field.help_text = _("Write to us if another address is to have the link.")
            self.initial["email"] = self.draft.event.organiser.email

    def clean_phone(self) -> str:
        phone = self.cleaned_data["phone"]
        if phone and sum(character.isdigit() for character in phone) < 5:
            raise ValidationError(_("Write a phone number, for example 070-174 06 05."))
        return phone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "enterprise" in cleaned and "host" in cleaned and not cleaned["host"]:
            if not cleaned["enterprise"]:
                self.add_error("host", _("Choose your ASF in the list, or write its name."))
            else:
                cleaned["host"] = in_words(self.fields["enterprise"], cleaned["enterprise"])
        return cleaned


class WhatForm(StepForm):
    """What happens, for whom."""

    title = _("What can visitors do?")

    field_order = ["title", "description", "text_language", "industry", "languages"]

    description = event_field("description", widget=forms.Textarea({"rows": 7}))
    text_language = forms.ChoiceField(
        label=_("Language of title and text"),
        choices=ContentLanguage.choices,
        widget=forms.RadioSelect,
    )
    industry = forms.TypedChoiceField(
        label=_("Industry"),
        help_text=_("What you work with. Visitors can filter the programme by it."),
        required=False,
        coerce=int,
        empty_value=None,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that you speak with visitors"),
        choices=SpokenLanguage.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The step has a title of its own, which a declared field of that name would replace.
        # It stands in a mail to an address that nobody has confirmed.
        self.fields["title"] = event_field(
            "title",
            validators=[
                RegexValidator(
                    LINK, _("Write the title without web and e-mail addresses."), inverse_match=True
                )
            ],
        )
        self.order_fields(self.field_order)
        self.fields["industry"].choices = [  # type: ignore[attr-defined]
            ("", _("None of these")),
            *((industry.pk, industry.name) for industry in Industry.objects.names().values()),
        ]
        self.initial.setdefault("text_language", get_language() or settings.LANGUAGE_CODE)


@dataclass(frozen=True)
class TimeRow:
    """The fields of one time in the form; ``number`` counts from 1."""

    number: int
    fields: list[forms.BoundField]
    key: forms.BoundField


class WhenForm(StepForm):
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


class WhereForm(StepForm):
    """The place."""

    title = _("Where is it?")

    municipality_code = forms.ChoiceField(label=_("Municipality"))
    venue = event_field("venue")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality_code"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose a municipality")),
            *municipality_choices(),
        ]

    def answers(self) -> Iterator[tuple[str, str]]:
        place = municipality(self.cleaned_data["municipality_code"])
        yield gettext("Municipality"), f"{place.name}, {place.county.name}" if place else ""
        yield str(self.fields["venue"].label), self.cleaned_data["venue"]


class AccessForm(StepForm):
    """What a visitor must know to get in and to feel well."""

    title = _("How does one get in?")

    access = forms.MultipleChoiceField(
        label=_("What there is"),
        help_text=_("Tick only what is there on the day."),
        choices=AccessFact.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    public_transport = event_field("public_transport")
    access_note = event_field("access_note", widget=forms.Textarea({"rows": 4}))


class BookingForm(StepForm):
    """How one gets a place."""

    title = _("How does one get a place?")

    booking = forms.ChoiceField(
        label=_("Booking"), choices=BookingMode.choices, widget=forms.RadioSelect
    )
    capacity = forms.IntegerField(
        label=_("Places each time"),
        required=False,
        min_value=1,
        max_value=5000,
        help_text=_(
            "Needed when visitors book here. We never let in more, and keep a waiting list."
        ),
    )
    booking_contact = event_field(
        "booking_contact",
        help_text=_("Needed when visitors contact you: a phone number or an address they may see."),
    )
    booking_url = forms.URLField(
        label=_("Page to book on"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("Needed when visitors book on your own site."),
        widget=forms.TextInput({"inputmode": "url"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                Event(**cleaned).clean()
            except ValidationError as error:
                self.add_error(None, error)
        self.keep_promises(cleaned)
        return cleaned

    def clean_booking_url(self) -> str:
        address = self.cleaned_data["booking_url"]
        if address and not address.startswith(("https://", "http://")):
            raise ValidationError(_("Write an address that begins with https://."))
        return address

    def keep_promises(self, cleaned: dict[str, Any]) -> None:
        """Add an error when those who have booked would lose their places."""
        if not self.draft.event_id:
            return
        taken: dict[int, int] = {}
        bookings = Booking.objects.confirmed().filter(event=self.draft.event_id)
        for time_id, number in bookings.values_list("time", "number"):
            taken[time_id] = taken.get(time_id, 0) + number
        most = max(taken.values(), default=0)
        if not most:
            return
        if cleaned.get("booking", BookingMode.HERE) != BookingMode.HERE:
            self.add_error("booking", _("Visitors have booked here already, so it must stay so."))
        elif (cleaned.get("capacity") or most) < most:
            message = ngettext(
                "%(number)d person has a place already.",
                "%(number)d people have a place already.",
                most,
            )
            self.add_error("capacity", message % {"number": most})


class PictureForm(StepForm):
    """A picture, which is kept by the draft and not by what was typed."""

    title = _("A picture")
    template = "campaigns/registration/picture.html"

    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        help_text=_(
            "JPEG, PNG, WebP or AVIF, at most 10 MB. Everyone in it must have said yes. "
            "We remove where and with what it was taken."
        ),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/avif"}),
    )
    remove = forms.BooleanField(label=_("Take the picture away"), required=False)
    picture_alt = event_field(
        "picture_alt",
        label=_("What the picture shows"),
        help_text=_("It is read to those who cannot see the picture: “Two people plant a tree”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.draft.has_picture:
            del self.fields["remove"]

    def clean_picture(self) -> Any:
        upload = self.cleaned_data["picture"]
        return clean_picture(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stays = self.draft.has_picture and not cleaned.get("remove")
        described = cleaned.get("picture_alt", "?").strip()
        if (cleaned.get("picture") or stays) and not described:
            self.add_error("picture_alt", _("Say what the picture shows."))
        return cleaned

    def answers(self) -> Iterator[tuple[str, str]]:
        has_picture = gettext("Yes") if self.draft.has_picture else gettext("No")
        yield gettext("Picture"), has_picture
        if self.draft.has_picture:
            yield str(self.fields["picture_alt"].label), self.cleaned_data["picture_alt"]


#: The steps in order; the key stands in addresses.
STEPS: Mapping[str, type[StepForm]] = {
    "who": WhoForm,
    "what": WhatForm,
    "when": WhenForm,
    "where": WhereForm,
    "access": AccessForm,
    "booking": BookingForm,
    "picture": PictureForm,
}


class StartForm(GuardedForm):
    """The button that begins an event."""

    purpose = "event-start"


class SendForm(GuardedForm):
    """The button that sends an event in."""

    purpose = "event-send"

    promise = forms.BooleanField(
        label=_("What we have written is right, and everyone in the picture has said yes to it."),
        error_messages={"required": _("Tick the box when it is so.")},
    )


class LinkForm(GuardedForm):
    """For an organiser who has lost the link."""

    purpose = "event-link"
    rate = "10/h"
    rate_without_script = "5/h"

    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The address that you gave when you registered the event."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )


class CancelForm(forms.Form):
    """Why an event is not held."""

    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        max_length=240,
        help_text=_("Visitors read it on the page and in the mail to those who have booked."),
        widget=forms.Textarea({"rows": 3}),
    )


class ReportForm(forms.ModelForm):
    """What came of an event."""

    class Meta:
        model = EventReport
        fields = ["visitors", "new_contacts", "comment"]
        widgets = {"comment": forms.Textarea({"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("visitors", "new_contacts"):
            field = cast("forms.IntegerField", self.fields[name])
            self.fields[name] = forms.IntegerField(
                label=field.label, help_text=field.help_text, min_value=0, max_value=100_000
            )


def typed(form: StepForm, data: MultiValueDict[str, Any]) -> dict[str, list[str]]:
    """Return what was typed in the form's own fields, as it can be kept in JSON by any database.

    PostgreSQL has no text with a null byte in it. A field of one line has no line break in it
    (HTML, value sanitization), whoever sends it: titles stand in mails and calendars.
    """
    return {
        name: [
            as_kept(str(value)[:LONGEST], lines=isinstance(field.widget, forms.Textarea))
            for value in data.getlist(name)[:MOST_VALUES]
        ]
        for name, field in form.fields.items()
        if name in data and not isinstance(field, forms.FileField) and name != "remove"
    }


def as_kept(text: str, *, lines: bool) -> str:
    """Return ``text`` without null bytes, and on one line unless it may have several."""
    text = text.replace("\0", "")
    return text if lines else " ".join(text.splitlines())


def as_query(kept: Mapping[str, list[str]]) -> QueryDict:
    """Return kept values as a form takes them."""
    query = QueryDict(mutable=True)
    for name, values in kept.items():
        query.setlist(name, values)
    return query


def kept_form(draft: EventDraft, step: str) -> StepForm:
    """Return the step's form, bound to what the draft has kept: it can tell whether it is right."""
    return STEPS[step](as_query(draft.data.get(step, {})), draft=draft)


def blank_form(draft: EventDraft, step: str) -> StepForm:
    """Return the step's form with what the draft has kept in its fields, and no judgement of it."""
    kept = draft.data.get(step)
    if kept is None:
        return STEPS[step](draft=draft)
    query = as_query(kept)
    form = STEPS[step](draft=draft, initial={"rows": query.get("rows")})
    for name, field in form.fields.items():
        if name in query and not field.disabled and not isinstance(field, forms.FileField):
            form.initial[name] = field.widget.value_from_datadict(query, MultiValueDict(), name)
    return form
