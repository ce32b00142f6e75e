"""Importing a table: the dry run, and then chunk by chunk, each in a transaction of its own."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from asflist.acting import acting
from asflist.enums import ImportAs, ListingAction, ListingState, RowFate
from asflist.menu import PUBLISH
from asflist.models import Enterprise, Industry, RegisterImport
from asflist.register.new_entries import Slugs, create
from asflist.register.plan import Planner, RowPlan
from asflist.register.table import Table, read_table
from asflist.states import record, submit

CHUNK = 250
#: Seconds that one request may go on with an import; what is left waits for the next.
SECONDS = 10
#: What is kept of an upload that nobody has finished, and of one that is done.
KEEP = timedelta(days=1)


def upload(
    user: User, name: str, content: bytes, table: Table, new_entries: ImportAs
) -> RegisterImport:
    """Keep a file and what the dry run of its table says. Raises ``ValidationError``.

    The user's earlier uploads are thrown away, and everybody's that are older than ``KEEP``.
    """
    planner = Planner(table, new_entries)
    plans: list[RowPlan] = []
    for start in range(0, len(table.rows), CHUNK):
        plans += planner.plan(start, start + CHUNK)
    forget_imports(timezone.now())
    user.register_imports.all().delete()
    return RegisterImport.objects.create(
        user=user,
        file_name=name[:200],
        content=content,
        new_entries=new_entries,
        figures=Counter(plan.fate.value for plan in plans),
        fates=[describe(plan, table) for plan in plans],
    )


def describe(plan: RowPlan, table: Table) -> list[Any]:
    """Return a plan as ``RegisterImport.fates`` keeps it; a broken row with its cells."""
    row = [plan.number, plan.fate.value, plan.name[:120], plan.organisation_number[:40]]
    if plan.errors:
        cells = table.rows[bisect_left(table.numbers, plan.number)]
        return [*row, plan.errors, table.header, cells]
    return [*row, [[name, old[:120], new[:120]] for name, old, new in plan.changes]]


def go_on(upload_: RegisterImport, seconds: float = SECONDS) -> bool:
    """Import chunk after chunk for some seconds; return whether the whole file is done."""
    ends = time.monotonic() + seconds
    table = read_table(bytes(upload_.content), upload_.file_name.rpartition(".")[2].lower())
    planner = Planner(table, ImportAs(upload_.new_entries))
    slugs = Slugs()
    while not run_chunk(upload_.pk, table, planner, slugs):
        if time.monotonic() > ends:
            return False
    return True


def run_chunk(pk: int, table: Table, planner: Planner, slugs: Slugs) -> bool:
    """Import the rows that are next in turn, all or none of them; return whether all are done.

    The import's row is locked: pressed twice, the button does nothing twice.
    """
    with transaction.atomic():
        held = RegisterImport.objects.select_for_update(of=("self",)).select_related("user")
        current = held.get(pk=pk)
        if current.finished_at:
            return True
        plans = planner.plan(current.position, current.position + CHUNK, lock=True)
        carry_out(plans, current.user, planner.new_entries, slugs)
        current.done = Counter(current.done) + Counter(plan.fate.value for plan in plans)
        # What a row's fate was in the dry run it need not be now: entries have changed meanwhile.
        end = current.position + len(plans)
        current.fates[current.position : end] = [describe(plan, table) for plan in plans]
        current.position = end
        if current.position >= len(table.rows):
            current.finished_at, current.content = timezone.now(), b""
        current.save(update_fields=["done", "fates", "position", "finished_at", "content"])
    return bool(current.finished_at)


def carry_out(plans: list[RowPlan], user: User, new_entries: ImportAs, slugs: Slugs) -> None:
    """Make the new entries and change those that are there, as far as the user may."""
    if new_entries == ImportAs.APPROVED and not user.has_perm(PUBLISH):
        new_entries = ImportAs.SUBMITTED
    new = [plan for plan in plans if plan.fate == RowFate.NEW]
    if new_entries == ImportAs.APPROVED:
        for plan in new:
            publish_new(plan, user)
    else:
        create(new, ListingState(new_entries.value), user, slugs)
    for plan in plans:
        if plan.fate == RowFate.CHANGED:
            change(plan, user)


def publish_new(plan: RowPlan, user: User) -> None:
    """Put a new entry on the list at once, through Wagtail's own door."""
    entry = plan.entry
    if entry is None:
        return
    set_industries(entry, plan)
    entry.save()
    with acting(user, silent=True):
        entry.save_revision(user=user).publish(user=user)
    record(entry, ListingAction.IMPORTED, user)


def change(plan: RowPlan, user: User) -> None:
    """Change an entry: at once if the user may publish or it never was public, else by review."""
    entry = plan.entry
    if entry is None:
        return
    set_industries(entry, plan)
    to_review = entry.state in ListingState.reviewed() and not user.has_perm(PUBLISH)
    was_submitted = entry.state == ListingState.SUBMITTED
    with acting(user, silent=True):
        if not entry.live and not to_review:
            entry.save()
        revision = entry.save_revision(user=user)
        if to_review or was_submitted:
            submit(entry, user)
        elif entry.live:
            revision.publish(user=user)
        record(entry, ListingAction.IMPORTED, user, fields=[name for name, *_ in plan.changes])


def set_industries(entry: Enterprise, plan: RowPlan) -> None:
    """Give the entry the industries that the row names, if it names any."""
    if plan.industries is not None:
        entry.industries = list(Industry.objects.filter(pk__in=plan.industries))


def forget_imports(now: datetime) -> int:
    """Delete the files and fates that are older than ``KEEP``, and count them."""
    old = RegisterImport.objects.filter(made_at__lt=now - KEEP)
    number, _by_model = old.delete()
    return number
