"""Making many entries that are not public yet, with the same number of queries however many."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Revision, TaskState, WorkflowState
from wagtail.search.backends import get_search_backends

from asflist.enums import ListingAction, ListingState
from asflist.models import Enterprise, MergedEntry
from asflist.models.enterprise_address import SLUG_LENGTH
from asflist.register.history import write_down
from asflist.rich_text import clean_html
from asflist.text import sort_key

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from asflist.register.plan import RowPlan

through = Enterprise.industries.through


class Slugs:
    """Gives each new entry a slug that nothing else has; one query for every slug there is."""

    def __init__(self) -> None:
        entries = Enterprise.objects.order_by().values_list("slug", flat=True)
        merged = MergedEntry.objects.order_by().values_list("slug", flat=True)
        self.taken = set(entries.union(merged))

    def draw(self, name: str) -> str:
        """Return a free slug made from ``name`` and take it."""
        base = slugify(name)[: SLUG_LENGTH - 5].strip("-") or "asf"
        slug, number = base, 1
        while slug in self.taken:
            number += 1
            slug = f"{base}-{number}"
        self.taken.add(slug)
        return slug


def create(plans: list[RowPlan], state: ListingState, user: User, slugs: Slugs) -> None:
    """Make the plans' new entries, which become ``state`` (a draft or an application)."""
    made = [(plan, plan.entry) for plan in plans if plan.entry is not None]
    if not made:
        return
    now = timezone.now()
    for plan, entry in made:
        prepare(entry, state, slugs.draw(plan.name))
        entry.state_changed_at = now
    entries = Enterprise.objects.bulk_create([entry for _plan, entry in made])
    through.objects.bulk_create(
        through(enterprise_id=entry.pk, industry_id=key)
        for plan, entry in made
        for key in plan.industries or []
    )
    write_down(entries, ListingAction.IMPORTED, user)
    if state == ListingState.SUBMITTED:
        start_reviews(made, user)
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Enterprise, entries)


def prepare(entry: Enterprise, state: ListingState, slug: str) -> None:
    """Give the entry what ``Enterprise.save`` would derive."""
    place = entry.place
    entry.state, entry.slug = state, slug
    entry.translation_key = uuid.uuid4()
    entry.county_code = place.county_code if place else ""
    entry.sort_key = sort_key(entry.name)[:500]
    entry.offer, entry.social_benefit = clean_html(entry.offer), clean_html(entry.social_benefit)


def start_reviews(made: list[tuple[RowPlan, Enterprise]], user: User) -> None:
    """Let the entries wait in the review's first step; nobody is mailed about each of them."""
    workflow = Enterprise.get_default_workflow()
    task = workflow.tasks.first() if workflow else None
    if workflow is None or task is None:
        return
    kinds = ContentType.objects.get_for_models(Enterprise, TaskState)
    revisions = Revision.objects.bulk_create(
        revision_of(entry, plan.industries or [], kinds[Enterprise], user) for plan, entry in made
    )
    entries = [entry for _plan, entry in made]
    for entry, revision in zip(entries, revisions, strict=True):
        entry.latest_revision = revision
        entry.has_unpublished_changes = True
    Enterprise.objects.bulk_update(entries, ["latest_revision", "has_unpublished_changes"])
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type=kinds[Enterprise],
            base_content_type=kinds[Enterprise],
            object_id=str(entry.pk),
            workflow=workflow,
            requested_by=user,
        )
        for entry in entries
    )
    steps = TaskState.objects.bulk_create(
        TaskState(workflow_state=state, revision=revision, task=task, content_type=kinds[TaskState])
        for state, revision in zip(states, revisions, strict=True)
    )
    for state, step in zip(states, steps, strict=True):
        state.current_task_state = step
    WorkflowState.objects.bulk_update(states, ["current_task_state"])


def revision_of(
    entry: Enterprise, industries: list[int], content_type: ContentType, user: User
) -> Revision:
    """Return an unsaved first revision of an entry that has just been made."""
    content: dict[str, Any] = Enterprise(
        **{field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
        | {"pk": None, "id": None}
    ).serializable_data()
    content |= {"pk": entry.pk, "industries": industries}
    return Revision(
        content_type=content_type,
        base_content_type=content_type,
        object_id=str(entry.pk),
        content=content,
        object_str=str(entry)[:250],
        created_at=timezone.now(),
        user=user,
    )
