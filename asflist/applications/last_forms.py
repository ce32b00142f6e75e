"""The steps that ask for the criteria, pictures and contact."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from asflist.applications.offer_forms import LinesField
from asflist.applications.step_form import EntryStepForm, check_phone, entry_field, number_input
from asflist.enums import Criterion
from asflist.models import Enterprise
from asflist.models.enterprise_criteria import PROOF_HELP, PROOF_LENGTH
from core.dates import swedish_today
from core.uploads import clean_picture

PICTURES = ("logo", "picture")
#: A label of its own for each proof: a list of what is wrong names fields by them alone.
PROOF_LABELS = {
    Criterion.INTEGRATES: _("How one sees it – main purpose"),
    Criterion.PARTICIPATION: _("How one sees it – taking part"),
    Criterion.REINVESTS: _("How one sees it – surplus"),
    Criterion.INDEPENDENT: _("How one sees it – independence"),
}


class CriteriaForm(EntryStepForm):
    """Yes or no to each criterion with a proof, and the target group's share.

    A no stops nobody: reviewers judge, and the applicant is told what it means. What an entry has
    never been asked for, its change may leave out.
    """

    title = _("Do you meet the list’s criteria?")
    introduction: Any = _(
        "All four are needed to be on the list. If you answer no to one, say why: "
        "you can send anyway, and we judge. Visitors see that you meet them, not what you write."
    )
    template = "asflist/applications/criteria.html"
    entry_fields = (
        *Criterion.values,
        *(f"{name}_proof" for name in Criterion.values),
        "target_group_share",
        "target_group_share_on",
    )

    target_group_share = entry_field(
        "target_group_share",
        label=_("Share from the target group, in percent"),
        min_value=0,
        widget=number_input(),
    )
    target_group_share_on = entry_field(
        "target_group_share_on",
        label=_("The day you counted"),
        help_text="",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            field: Any = Enterprise._meta.get_field(criterion.value)
            self.fields[criterion.value] = forms.TypedChoiceField(
                label=criterion.label,
                help_text=field.help_text,
                choices=[("yes", _("Yes")), ("no", _("No"))],
                coerce=lambda answer: answer == "yes",
                empty_value=None,
                error_messages={"required": _("Answer yes or no.")},
                widget=forms.RadioSelect,
            )
            self.fields[f"{criterion.value}_proof"] = LinesField(
                rows=4, most=PROOF_LENGTH, label=PROOF_LABELS[criterion], help_text=PROOF_HELP
            )
        for name, form_field in self.fields.items():
            form_field.required = self.is_asked_for(name)
        pairs = [(name, f"{name}_proof") for name in Criterion.values]
        self.order_fields([name for pair in pairs for name in pair])

    def is_asked_for(self, name: str) -> bool:
        """Whether the field must be filled in."""
        if not self.is_change:
            return True
        return bool("".join(self.draft.data.get("was", {}).get("criteria", {}).get(name, [])))

    def criteria(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each criterion's question with its proof."""
        return [(self[name], self[f"{name}_proof"]) for name in Criterion.values]

    def share(self) -> list[forms.BoundField]:
        """Return the fields of the target group's share."""
        return [self["target_group_share"], self["target_group_share_on"]]

    def clean_target_group_share_on(self) -> Any:
        day = self.cleaned_data["target_group_share_on"]
        if day and day > swedish_today():
            raise ValidationError(_("That day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in Criterion.values:
            if cleaned.get(name) is False and "required" in codes(self, f"{name}_proof"):
                self.errors[f"{name}_proof"] = self.error_class(
                    [gettext("The list asks for this. Say why you answer no, and we judge.")]
                )
        share, day = (cleaned.get(name) for name in ("target_group_share", "target_group_share_on"))
        if share is not None and not day and "target_group_share_on" not in self.errors:
            self.add_error("target_group_share_on", _("Say which day you counted."))
        return cleaned

    def not_met(self) -> list[Criterion]:
        """The criteria that were answered with no."""
        return [name for name in Criterion if self.cleaned_data.get(name.value) is False]

    def answers(self) -> Iterator[tuple[str, str]]:
        cleaned = self.cleaned_data
        for criterion in Criterion:
            met = cleaned.get(criterion.value)
            answer = {True: gettext("Yes"), False: gettext("No"), None: ""}[met]
            proof = cleaned.get(f"{criterion.value}_proof")
            yield str(criterion.label), "\n".join(part for part in (answer, proof) if part)
        share, day = cleaned.get("target_group_share"), cleaned.get("target_group_share_on")
        counted = date_format(day, "j F Y") if day else ""
        yield (
            gettext("Share from the target group"),
            "" if share is None else f"{share} % ({counted})",
        )


def codes(form: forms.Form, name: str) -> list[str | None]:
    """Return the codes of what is wrong with a field."""
    return [error.code for error in form.errors.as_data().get(name, [])]


class PicturesForm(EntryStepForm):
    """Logo and picture, which the draft keeps and not what was typed."""

    title = _("Logo and picture")
    introduction = _("You can leave this empty. A picture of people at work says more than words.")
    template = "asflist/applications/pictures.html"

    logo = forms.FileField(label=_("Logo"), required=False)
    picture = forms.FileField(label=_("Picture"), required=False)
    picture_alt = forms.CharField(
        label=_("What the picture shows"),
        required=False,
        max_length=200,
        help_text=_("It is read to those who cannot see the picture: “Two people plant a tree”."),
    )
    remove = forms.MultipleChoiceField(
        label=_("Take away"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accept = {"accept": "image/jpeg,image/png,image/webp,image/avif"}
        for name in PICTURES:
            self.fields[name].widget = forms.FileInput(accept)
            field: Any = Enterprise._meta.get_field(name)
            self.fields[name].help_text = " ".join(
                [str(field.help_text), str(_("JPEG, PNG, WebP or AVIF, at most 10 MB."))]
            )
        there = [name for name in PICTURES if self.draft.has_picture(name)]
        if there:
            removable: Any = self.fields["remove"]
            removable.choices = [(name, self.fields[name].label) for name in there]
        else:
            del self.fields["remove"]

    def clean_logo(self) -> Any:
        upload = self.cleaned_data["logo"]
        return clean_picture(upload) if upload else None

    def clean_picture(self) -> Any:
        upload = self.cleaned_data["picture"]
        return clean_picture(upload) if upload else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        stays = self.draft.picture and "picture" not in cleaned.get("remove", [])
        described = cleaned.get("picture_alt", "?").strip()
        if (cleaned.get("picture") or stays) and not described:
            self.add_error("picture_alt", _("Say what the picture shows."))
        return cleaned

    def answers(self) -> Iterator[tuple[str, str]]:
        for name in PICTURES:
            yes = self.draft.has_picture(name)
            yield str(self.fields[name].label), gettext("Yes") if yes else gettext("No")
        if self.draft.picture:
            yield str(self.fields["picture_alt"].label), self.answer("picture_alt")


class ContactForm(EntryStepForm):
    """How buyers reach the enterprise, and whom we write to."""

    title = _("How does one reach you?")
    template = "asflist/applications/contact.html"
    entry_fields = ("phone", "email", "website")
    owner_names = ("owner_name", "owner_email", "owner_phone")

    phone = entry_field("phone", widget=forms.TextInput({"type": "tel", "autocomplete": "off"}))
    email = entry_field("email", widget=forms.EmailInput({"autocomplete": "off"}))
    website = entry_field(
        "website",
        assume_scheme="https",
        help_text=_("For example foretag.se."),
        widget=forms.TextInput({"inputmode": "url", "autocomplete": "url"}),
    )
    owner_name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput({"autocomplete": "name"})
    )
    owner_email = forms.EmailField(
        label=_("Your e-mail"),
        help_text=_("We send you a link to confirm. Later you change the entry with such a link."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    owner_phone = forms.CharField(
        label=_("Your phone"),
        max_length=30,
        required=False,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("owner_email", self.draft.email)
        if self.is_change:
            self.fields["owner_name"].required = False
            field = self.fields["owner_email"]
            field.disabled = True
            field.help_text = _("Add or remove owners on your own page.")
            self.initial["owner_email"] = self.draft.owner.email if self.draft.owner else ""

    def for_buyers(self) -> list[forms.BoundField]:
        """Return the fields that visitors see."""
        return [self[name] for name in self.entry_fields]

    def for_us(self) -> list[forms.BoundField]:
        """Return the fields that visitors never see."""
        return [self[name] for name in self.owner_names]

    def clean_phone(self) -> str:
        return check_phone(self.cleaned_data["phone"])

    def clean_owner_phone(self) -> str:
        return check_phone(self.cleaned_data["owner_phone"])

    def clean_website(self) -> str:
        address: str = self.cleaned_data["website"]
        if address and not address.startswith(("https://", "http://")):
            raise ValidationError(_("Write an address that begins with https://."))
        return address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(cleaned.get(name) for name in self.entry_fields):
            self.add_error("phone", _("Give at least one way for buyers to reach you."))
        return cleaned
