"""The list in this process's memory, and following what other processes change.

A request asks one small question: is there anything newer? What is newer is read and laid over
what is known. A snapshot never changes, so a request that has one needs no lock. Only what is
committed is shared between requests: within a transaction, which may yet be rolled back, changes
are laid over for that request alone, and so are marked rows (``asflist.finding.entries``) always.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

from django.db import connections, router
from django.db.models import Exists
from pyroaring import BitMap

from asflist.finding.rows import make_rows
from asflist.finding.segment import Segment
from asflist.models import Enterprise, ListClock, ListEntry

#: So many marked rows are made for a request; of more, only those gone from the list are left out.
MOST_MARKED = 500
#: With more changed rows than this, beside the ones first read, all are read again.
MOST_RECENT = 2000


@dataclass(frozen=True)
class Snapshot:
    """The list as it was at ``version``: the rows first read, and those changed since.

    ``recent`` holds None for what is gone. ``parts`` are the segments, each with the numbers of its
    rows that count.
    """

    epoch: UUID | None
    version: int
    base: Segment
    recent: Mapping[int, Any]
    parts: tuple[tuple[Segment, BitMap], ...]

    @classmethod
    def make(
        cls, epoch: UUID | None, version: int, base: Segment, recent: Mapping[int, Any]
    ) -> Snapshot:
        """Return the snapshot of ``base`` with ``recent`` laid over."""
        alive = BitMap(range(base.size)) - BitMap(
            base.numbers[key] for key in recent if key in base.numbers
        )
        parts = [(base, alive)]
        if changed := [row for row in recent.values() if row is not None]:
            parts.append((Segment(changed), BitMap(range(len(changed)))))
        return cls(epoch, version, base, recent, tuple(parts))

    def with_rows(self, version: int, rows: Mapping[int, Any]) -> Snapshot:
        """Return the snapshot with these rows laid over."""
        return self.make(self.epoch, version, self.base, {**self.recent, **rows})


EMPTY = Snapshot.make(None, 0, Segment([]), {})
_shared: dict[tuple[str, str], Snapshot] = {}
_lock = Lock()


def current() -> Snapshot:
    """Return the list as the database has it now; one query while nothing has changed."""
    connection = connections[router.db_for_read(ListEntry)]
    database = (connection.alias, str(connection.settings_dict["NAME"]))
    known = _shared.get(database, EMPTY)
    epoch, version, has_marked = read_clock()
    if (known.epoch, known.version) != (epoch, version):
        alone = connection.in_atomic_block
        known = follow(known, epoch, version) if alone else share(database)
    return with_marked(known) if has_marked else known


def read_clock() -> tuple[UUID | None, int, bool]:
    """Return the epoch, the latest change, and whether rows are marked."""
    marked = ListEntry.objects.filter(version=None)
    clock = ListClock.objects.filter(pk=1).values_list("epoch", "version", Exists(marked)).first()
    return clock or (None, 0, marked.exists())


def share(database: tuple[str, str]) -> Snapshot:
    """Bring what requests have in common up to date; one at a time, the others wait for it."""
    with _lock:
        known = _shared.get(database, EMPTY)
        epoch, version, _has_marked = read_clock()
        if (known.epoch, known.version) != (epoch, version):
            known = _shared[database] = follow(known, epoch, version)
        return known


def follow(known: Snapshot, epoch: UUID | None, version: int) -> Snapshot:
    """Return ``known`` brought up to ``version``, read from the beginning where that is shorter.

    Rows newer than that, committed this moment, are read again the next time.
    """
    if known.epoch != epoch or known.version > version:
        return read_all(epoch, version)
    newer = ListEntry.objects.filter(version__gt=known.version)
    rows = {row.pk: None if row.gone else row for row in newer[: MOST_RECENT + 1]}
    if len(known.recent.keys() | rows.keys()) > MOST_RECENT:
        return read_all(epoch, version)
    return known.with_rows(version, rows)


def read_all(epoch: UUID | None, version: int) -> Snapshot:
    """Return the whole list."""
    if epoch is None:
        return EMPTY
    made = ListEntry.objects.filter(gone=False).exclude(entry_type="").order_by("pk")
    rows = list(made.values_list(named=True).iterator(5000))
    return Snapshot.make(epoch, version, Segment(rows), {})


def with_marked(known: Snapshot) -> Snapshot:
    """Return the snapshot with the marked rows as their enterprises are now."""
    marked = ListEntry.objects.filter(version=None).order_by("pk")
    keys = list(marked.values_list("pk", flat=True))
    rows: dict[int, Any] = dict.fromkeys(keys[:MOST_MARKED])
    rows |= make_rows(keys[:MOST_MARKED])
    if rest := keys[MOST_MARKED:]:
        public = Enterprise.objects.published().filter(pk__in=rest).values_list("pk", flat=True)
        rows |= dict.fromkeys(set(rest) - set(public))
    return known.with_rows(known.version, rows)
