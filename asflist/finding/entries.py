"""Keeping ``ListEntry`` true: whatever changes an enterprise marks it, and the mark is settled.

A mark is written in the transaction of the change, so nobody sees one without the other. The row
is made anew right after that transaction, in one of its own: many may write at the same time, and
none waits for another longer than that takes. Until then readers make marked rows for themselves.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connections, router, transaction

from asflist.finding.rows import make_rows
from asflist.models import Enterprise, EnterpriseQuerySet, ListClock, ListEntry

MARKED_AT_ONCE = 500

#: The fields of an enterprise that it is found by; a change of others needs no new row.
FOUND_BY = frozenset(
    {
        "certified_until",
        "delivers_nationwide",
        "delivers_to",
        "delivers_within_km",
        "entry_type",
        "languages",
        "latitude",
        "live",
        "locality",
        "locale",
        "longitude",
        "member_since",
        "municipality",
        "name",
        "offer",
        "procurement",
        "social_benefit",
        "sort_key",
        "state",
        "summary",
        "target_group_share",
        "translation_key",
    }
)
COLUMNS = [field.attname for field in ListEntry._meta.concrete_fields if not field.primary_key]


def source_keys(enterprises: EnterpriseQuerySet) -> list[int]:
    """Return the ids of the source entries of ``enterprises``, in order; one query."""
    keys = enterprises.order_by().values("translation_key")
    same = Enterprise.objects.filter(translation_key__in=keys).in_source_language()
    return list(same.order_by("pk").values_list("pk", flat=True))


def mark(keys: Iterable[int]) -> None:
    """Know that the enterprises with these source ids have changed; at most one query."""
    stale = [ListEntry(enterprise_id=key) for key in sorted(set(keys))]
    if not stale:
        return
    ListEntry.objects.bulk_create(
        stale,
        batch_size=MARKED_AT_ONCE * 4,
        update_conflicts=True,
        unique_fields=["enterprise_id"],
        update_fields=["version"],
    )
    settle_after_commit()


def mark_listed(keys: Iterable[int]) -> None:
    """Mark those of the enterprises with these source ids that are, or have been, on the list."""
    keys = list(keys)
    live = Enterprise.objects.filter(pk__in=keys, live=True).order_by()
    known = ListEntry.objects.filter(pk__in=keys)
    mark(live.values_list("pk", flat=True).union(known.values_list("pk", flat=True)))


def settle_after_commit() -> None:
    """Settle once when the transaction is through, however many marks it has set."""
    waiting = connections[router.db_for_write(ListEntry)].run_on_commit
    if not waiting or waiting[-1][1] is not settle:
        transaction.on_commit(settle, robust=True)


def settle() -> int:
    """Make the marked rows anew, save those that another process is at; return how many."""
    settled = 0
    while True:
        with transaction.atomic():
            marked = ListEntry.objects.filter(version=None).select_for_update(skip_locked=True)
            keys = list(marked.order_by("pk").values_list("pk", flat=True)[:MARKED_AT_ONCE])
            if not keys:
                return settled
            write(keys)
        settled += len(keys)


def write(keys: list[int]) -> None:
    """Make the rows of these source ids anew, within a transaction; readers see all or none."""
    made = make_rows(keys)
    version = draw_version()
    rows = [made.get(key) or ListEntry(enterprise_id=key, gone=True) for key in sorted(keys)]
    for row in rows:
        row.version = version
    ListEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["enterprise_id"],
        update_fields=COLUMNS,
    )


def draw_version() -> int:
    """Return the next number; who draws one after us waits until our transaction is through."""
    clock, _made = ListClock.objects.select_for_update().get_or_create(pk=1)
    clock.version += 1
    clock.save(update_fields=["version"])
    return clock.version


def rebuild() -> int:
    """Make every row anew, and one for each enterprise that lacks it; return how many.

    Readers have the old rows meanwhile.
    """
    public = Enterprise.objects.published().in_source_language()
    known = ListEntry.objects.values_list("pk", flat=True)
    keys = sorted({*public.order_by().values_list("pk", flat=True), *known})
    for start in range(0, len(keys), MARKED_AT_ONCE):
        with transaction.atomic():
            # Marking locks the rows, so that a change made meanwhile is marked after us, not lost.
            mark(keys[start : start + MARKED_AT_ONCE])
            write(keys[start : start + MARKED_AT_ONCE])
    return len(keys)
