"""What is typed in the form and what stands in an entry, each made of the other."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

from asflist.applications.last_forms import PICTURES
from asflist.applications.plain_texts import to_html, to_text
from asflist.applications.steps import STEPS, kept_form
from asflist.enums import Criterion
from asflist.models import Enterprise, EnterpriseDraft, EnterpriseOwner, Industry
from core.models import CustomImage

Typed = dict[str, list[str]]

TEXTS = ("offer", "social_benefit")
STREAMS = {"benefit_figures": "figure", "references": "reference"}


class Was:
    """What a draft of a change was before anybody typed in it."""

    def __init__(self, draft: EnterpriseDraft) -> None:
        self.data: dict[str, Typed] = draft.data.get("was", {})
        self.enterprise, self.enterprise_id = draft.enterprise, draft.enterprise_id
        self.owner, self.email = draft.owner, draft.email
        self.logo = self.picture = ""

    def has_picture(self, name: str) -> bool:
        """Whether the entry had a logo or picture of this name."""
        return bool(self.data.get("pictures", {}).get(f"kept_{name}"))


def changed_fields(draft: EnterpriseDraft, step: str, answers: dict[str, Any]) -> list[str]:
    """Return the entry's fields that this step gives another value than they had.

    A field that its owner has left alone is left alone: what staff or another owner have done with
    it meanwhile stays.
    """
    names = STEPS[step].entry_fields
    if "was" not in draft.data:
        return list(names)
    before = kept_form(Was(draft), step)
    before.is_valid()
    unset = object()
    return [name for name in names if before.cleaned_data.get(name, unset) != answers[name]]


def fill_in(
    entry: Enterprise, draft: EnterpriseDraft, answers: dict[str, dict[str, Any]]
) -> list[str]:
    """Give ``entry`` what the answers say, and return the names of the fields that changed."""
    changed = []
    for step, values in answers.items():
        for name in changed_fields(draft, step, values):
            set_value(entry, name, values[name])
            changed.append(name)
    for name in PICTURES:
        if set_picture(entry, draft, name, answers["pictures"]["picture_alt"]):
            changed.append(name)
    return changed


def set_value(entry: Enterprise, name: str, value: Any) -> None:
    """Give the entry's field a cleaned answer."""
    if name in TEXTS:
        setattr(entry, name, to_html(value))
    elif name in STREAMS:
        setattr(entry, name, [(STREAMS[name], row) for row in value])
    elif name == "industries":
        entry.industries = list(Industry.objects.filter(pk__in=value))
    elif name == "tags":
        entry.tags.set(value)
    else:
        setattr(entry, name, value)


def set_picture(entry: Enterprise, draft: EnterpriseDraft, name: str, alt: str) -> bool:
    """Give the entry the draft's picture of this name, or none; tell whether that changed it."""
    if file := getattr(draft, name):
        described = entry.name if name == "logo" else alt
        setattr(entry, name, make_image(entry.name, described, file))
        return True
    if draft.kept_picture(name) or getattr(entry, f"{name}_id") is None:
        return False
    if "was" in draft.data and not Was(draft).has_picture(name):
        return False
    setattr(entry, name, None)
    return True


def make_image(title: str, described: str, file: FieldFile) -> CustomImage:
    """Return a new image of the site's with the draft's file."""
    with file.open("rb") as opened:
        content = ContentFile(opened.read(), name=PurePath(str(file.name)).name)
    return CustomImage.objects.create(title=title, description=described, file=content)


def describe(entry: Enterprise, owner: EnterpriseOwner) -> dict[str, Typed]:
    """Return the entry as its owner would have typed it."""
    data: dict[str, Typed] = {
        step: {name: as_typed(value_of(entry, name)) for name in form.entry_fields}
        for step, form in STEPS.items()
        if step != "number"
    }
    for step, name in (("benefit", "benefit_figures"), ("references", "references")):
        del data[step][name]
        data[step] |= describe_rows([dict(block.value) for block in getattr(entry, name)])
    data["pictures"] = {f"kept_{name}": kept(getattr(entry, f"{name}_id")) for name in PICTURES}
    data["contact"] |= describe_owner(owner)
    return data


def describe_owner(owner: EnterpriseOwner) -> Typed:
    """Return what an owner would have typed of himself or herself."""
    return {
        "owner_name": [owner.name],
        "owner_email": [owner.email],
        "owner_phone": [owner.phone],
    }


def describe_rows(rows: list[dict[str, Any]]) -> Typed:
    """Return the rows of a form for these values."""
    typed = {"rows": [str(max(1, len(rows)))]}
    for number, row in enumerate(rows):
        typed |= {f"{name}-{number}": as_typed(value) for name, value in row.items()}
    return typed


def value_of(entry: Enterprise, name: str) -> Any:
    """Return the entry's field as its form field takes it."""
    if name in TEXTS:
        return to_text(getattr(entry, name))
    if name in STREAMS:
        return ""
    if name == "industries":
        return [industry.pk for industry in entry.industries.all()]
    if name == "tags":
        return ", ".join(sorted(tag.name for tag in entry.tags.all()))
    if name in Criterion.values:
        return {True: "yes", False: "no", None: ""}[getattr(entry, name)]
    return getattr(entry, name)


def as_typed(value: Any) -> list[str]:
    """Return a field's value as a browser sends it; a box that is not ticked sends nothing."""
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return [str(part) for part in value]
    if isinstance(value, date):
        return [value.isoformat()]
    return ["" if value is None else str(value)]


def kept(pk: int | None) -> list[str]:
    """Return the key of an image, as it is noted."""
    return [] if pk is None else [str(pk)]
