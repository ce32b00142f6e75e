"""The steps that ask what the enterprise sells and what good it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from taggit.utils import parse_tags
from wagtail.rich_text import RichText

from asflist.applications.plain_texts import to_html
from asflist.applications.step_form import (
    EntryStepForm,
    RowsForm,
    WrittenDecimalField,
    entry_field,
    number_input,
)
from asflist.enums import Procurement, SpokenLanguage
from asflist.models import Enterprise, Industry

LONGEST_TEXT = 4000
MOST_TAGS, LONGEST_TAG = 8, 40
HOW_TO_WRITE = _(
    "An empty line begins a new paragraph. Begin lines with - to make a list, "
    "and write **bold** to stress a word."
)
IN_SWEDISH = _("Write in Swedish if you can: the list is in Swedish first, and we translate it.")


class LinesField(forms.CharField):
    """Text of several lines; a browser’s line breaks are one sign each."""

    widget = forms.Textarea

    def __init__(self, *, rows: int, most: int = LONGEST_TEXT, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": rows}), **kwargs)
        self.validators.append(MaxLengthValidator(most))

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


def as_shown(text: str) -> SafeString:
    """Return a long text as visitors see it: with its lists, emphasis and links."""
    return format_html("{}", RichText(to_html(text)))


def text_help(name: str) -> list[Any]:
    """Return the help texts of one of the entry's long texts."""
    field: Any = Enterprise._meta.get_field(name)
    return [field.help_text, HOW_TO_WRITE]


@dataclass(frozen=True)
class IndustryGroup:
    """A wide industry's choice and those of its parts, as the form's own check boxes."""

    wide: Any
    parts: list[Any]


class OffersForm(EntryStepForm):
    """Industries, offer, and how one buys."""

    title = _("What can one buy from you?")
    template = "asflist/applications/offers.html"
    entry_fields = ("industries", "summary", "offer", "procurement", "languages", "tags")

    industries = forms.TypedMultipleChoiceField(
        label=_("Industries"),
        help_text=_(
            "Every branch in which buyers can order something. Two or three are often enough."
        ),
        coerce=int,
        error_messages={"required": _("Choose at least one industry.")},
        widget=forms.CheckboxSelectMultiple,
    )
    summary = entry_field("summary", label=_("In one sentence"))
    offer = LinesField(rows=9, label=_("What buyers can order"))
    procurement = forms.MultipleChoiceField(
        label=_("Forms of procurement"),
        help_text=_("The ways in which public bodies can buy from you. None, if you do not know."),
        required=False,
        choices=Procurement.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages in which customers can talk to you"),
        required=False,
        choices=SpokenLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    tags = forms.CharField(
        label=_("Other words for what you sell"),
        help_text=_("A few words that buyers may search for, with commas between."),
        required=False,
        max_length=400,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = Industry.objects.names()
        self.names = {pk: industry.name for pk, industry in names.items()}
        self.fields["industries"].choices = list(self.names.items())  # type: ignore[attr-defined]
        self.fields["offer"].help_text = " ".join(str(part) for part in text_help("offer"))
        if get_language() != "sv":
            self.introduction = IN_SWEDISH

    def industry_groups(self) -> list[IndustryGroup]:
        """Return the industries' check boxes, each wide one with its parts; alphabetical."""
        boxes = {str(box.data["value"]): box for box in self["industries"]}
        parents = dict(Industry.objects.source().values_list("pk", "parent"))
        return [
            IndustryGroup(
                boxes[str(pk)],
                [boxes[str(part)] for part in self.names if parents.get(part) == pk],
            )
            for pk in self.names
            if parents.get(pk) not in self.names
        ]

    def clean_tags(self) -> list[str]:
        tags = [" ".join(tag.split()) for tag in parse_tags(self.cleaned_data["tags"])]
        if len(tags) > MOST_TAGS:
            raise ValidationError(
                ngettext("At most %(most)d word.", "At most %(most)d words.", MOST_TAGS)
                % {"most": MOST_TAGS}
            )
        if any(len(tag) > LONGEST_TAG for tag in tags):
            raise ValidationError(_("Put commas between the words. One of them is too long."))
        return sorted(tags)

    def answer(self, name: str) -> str:
        if name == "offer":
            return as_shown(self.cleaned_data[name])
        return ", ".join(self.cleaned_data[name]) if name == "tags" else super().answer(name)


class BenefitForm(RowsForm):
    """Social benefit in words and a few figures."""

    title = _("What good does it do?")
    template = "asflist/applications/rows.html"
    entry_fields = ("social_benefit", "benefit_figures")
    rows_name = "benefit_figures"
    row_label = _("Figure")
    add_label = _("Add a figure")
    row_names = ("value", "label", "year")
    most_rows = 4
    rows_help = _(
        "A few numbers that show what comes of the work, if you have them: "
        "“11 people have gone on to a job, 2025”."
    )

    social_benefit = LinesField(rows=9, label=_("Social benefit"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        help_texts = text_help("social_benefit")
        self.fields["social_benefit"].help_text = " ".join(str(part) for part in help_texts)
        if get_language() != "sv":
            self.introduction = IN_SWEDISH

    def row_fields(self) -> dict[str, forms.Field]:
        return {
            "value": WrittenDecimalField(
                label=_("Number"),
                required=False,
                min_value=0,
                max_digits=12,
                decimal_places=2,
                widget=number_input("decimal"),
            ),
            "label": forms.CharField(label=_("What it counts"), required=False, max_length=120),
            "year": forms.IntegerField(
                label=_("Year"),
                required=False,
                min_value=1990,
                max_value=2100,
                widget=number_input(),
            ),
        }

    def answer(self, name: str) -> str:
        return as_shown(self.cleaned_data[name])

    def row_in_words(self, values: dict[str, Any]) -> str:
        return f"{values['value']} {values['label']}, {values['year']}"


class ReferencesForm(RowsForm):
    """Buyers who may be named."""

    title = _("Who buys from you today?")
    introduction = _("You can leave this empty. Buyers who are named must have said yes to it.")
    template = "asflist/applications/rows.html"
    entry_fields = ("references",)
    rows_name = "references"
    row_label = _("Reference")
    add_label = _("Add a buyer")
    row_names = ("customer", "bought")
    most_rows = 6

    def row_fields(self) -> dict[str, forms.Field]:
        return {
            "customer": forms.CharField(label=_("Buyer"), required=False, max_length=120),
            "bought": forms.CharField(
                label=_("What they buy"),
                required=False,
                max_length=200,
                help_text=_("For example “Cleaning of three preschools since 2021”."),
            ),
        }

    def row_in_words(self, values: dict[str, Any]) -> str:
        return f"{values['customer']}: {values['bought']}"
