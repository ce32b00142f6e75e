"""The plan of certification, how far an enterprise has come, and who is certified today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

from asflist.cards import rows
from asflist.models import CertificationStep, CertificationStepDone, Enterprise
from core.dates import swedish_today

#: Certified enterprises on a page.
PER_PAGE = 100


@dataclass(frozen=True)
class Progress:
    """A step in the reader's language; ``done_on`` is the day that it was done, or None.

    ``pk`` is that of the step in the source language.
    """

    pk: int
    step: CertificationStep
    done_on: date | None
    by: str = ""


def plan() -> list[CertificationStep]:
    """Return the steps in order, each in the reader's language, else in the source's; one query."""
    steps: list[CertificationStep] = CertificationStep.objects.for_reader()
    return sorted(steps, key=lambda step: (step.sort_order, step.pk))


def progress_of(enterprise: Enterprise) -> list[Progress]:
    """Return how far ``enterprise``, in the source language, has come; three queries."""
    done = {
        row.step.translation_key: row
        for row in CertificationStepDone.objects.filter(enterprise=enterprise).select_related(
            "step", "by"
        )
    }
    sources = dict(CertificationStep.objects.source().values_list("translation_key", "pk"))
    return [
        Progress(
            sources[step.translation_key],
            step,
            row.done_on if (row := done.get(step.translation_key)) else None,
            str(row.by or "") if row else "",
        )
        for step in plan()
        if step.translation_key in sources
    ]


def is_ready(progress: list[Progress]) -> bool:
    """Whether there is a plan and every step of it is done."""
    return bool(progress) and all(step.done_on for step in progress)


def certified_page(request: HttpRequest) -> Page[Enterprise]:
    """Return one page of the public enterprises whose certificate is valid today, by name."""
    enterprises = Enterprise.objects.published().in_reader_language()
    valid = enterprises.filter(certified_until__gte=swedish_today()).alphabetical()
    return Paginator(rows(valid), PER_PAGE).get_page(request.GET.get("page"))
