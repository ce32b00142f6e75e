"""The steps of the public form, each a plain form over what was typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from asflist.enums import SpokenLanguage
from asflist.models import Enterprise, Industry
from asflist.places import municipality, municipality_choices
from campaigns.enums import AccessFact, BookingMode
from campaigns.events.step_form import EventStepForm, event_field
from campaigns.events.when_form import WhenForm
from campaigns.models import Booking, Event
from core import step_forms
from core.enums import ContentLanguage
from core.guard import LINK
from core.step_forms import in_words
from core.uploads import clean_picture


class WhoForm(EventStepForm):
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


class WhatForm(EventStepForm):
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


class WhereForm(EventStepForm):
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


class AccessForm(EventStepForm):
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


class BookingForm(EventStepForm):
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


class PictureForm(EventStepForm):
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
STEPS: Mapping[str, type[EventStepForm]] = {
    "who": WhoForm,
    "what": WhatForm,
    "when": WhenForm,
    "where": WhereForm,
    "access": AccessForm,
    "booking": BookingForm,
    "picture": PictureForm,
}

kept_form = partial(step_forms.kept_form, STEPS)
blank_form = partial(step_forms.blank_form, STEPS)
