"""The steps of the form, in order; the key stands in addresses."""

from __future__ import annotations

from typing import cast

from asflist.applications.last_forms import ContactForm, CriteriaForm, PicturesForm
from asflist.applications.offer_forms import BenefitForm, OffersForm, ReferencesForm
from asflist.applications.step_form import EntryStepForm
from asflist.applications.who_forms import NumberForm, WhereForm, WhoForm
from asflist.models import EnterpriseDraft
from core import step_forms
from core.step_forms import Draft

STEPS: dict[str, type[EntryStepForm]] = {
    "number": NumberForm,
    "who": WhoForm,
    "where": WhereForm,
    "offers": OffersForm,
    "benefit": BenefitForm,
    "criteria": CriteriaForm,
    "references": ReferencesForm,
    "pictures": PicturesForm,
    "contact": ContactForm,
}


def kept_form(draft: Draft, step: str) -> EntryStepForm:
    """Return the step's form, bound to what the draft has kept: it can tell whether it is right."""
    return cast("EntryStepForm", step_forms.kept_form(STEPS, draft, step))


def blank_form(draft: Draft, step: str) -> EntryStepForm:
    """Return the step's form with what the draft has kept in its fields, and no judgement of it."""
    return cast("EntryStepForm", step_forms.blank_form(STEPS, draft, step))


def steps_of(draft: EnterpriseDraft) -> dict[str, type[EntryStepForm]]:
    """Return the steps that a draft has: an entry that is changed keeps its number."""
    return {name: form for name, form in STEPS.items() if name != "number" or not draft.enterprise}
