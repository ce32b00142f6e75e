"""The dry run: what becomes of each row of a table, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from wagtail.models import Locale

from asflist.enums import ImportAs, ListingState, RowFate
from asflist.models import Enterprise, Industry
from asflist.organisation_numbers import normalise
from asflist.register.columns import BY_NAME, INDUSTRIES, as_words, heading_of, keys
from asflist.register.parsing import key_of, pieces
from asflist.register.table import Table

#: What a draft must have; an application and a published entry must have all that the form asks.
DRAFT_NEEDS = ("name", "organisation_number")
#: States in which an import leaves an entry alone.
CLOSED = (ListingState.DECLINED, ListingState.WITHDRAWN)
OTHER_FIELDS = [f.name for f in Enterprise._meta.get_fields() if f.name not in BY_NAME]
#: Columns that are checked together with others.
SPANNING = {"latitude", "longitude", "target_group_share", "target_group_share_on", "entry_type"}


@dataclass
class RowPlan:
    """One row: its number in the file (the headings are 1), its fate and what led to it.

    ``changes`` are (heading, old, new); ``errors`` are (heading, message).
    """

    number: int
    name: str
    organisation_number: str
    entry: Enterprise | None = None
    is_new: bool = False
    industries: list[int] | None = None
    touched: list[str] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def fate(self) -> RowFate:
        """What becomes of the row."""
        if self.errors:
            return RowFate.BROKEN
        if self.is_new:
            return RowFate.NEW
        return RowFate.CHANGED if self.changes else RowFate.UNCHANGED


@dataclass(frozen=True)
class Known:
    """What a chunk of rows is compared with: entries by number, and their industries' ids."""

    entries: dict[str, Enterprise]
    industries: dict[int, list[int]]


class Planner:
    """Makes plans for the rows of one table; two queries a chunk, and two for the table."""

    def __init__(self, table: Table, new_entries: ImportAs) -> None:
        self.table = table
        self.new_entries = new_entries
        self.columns = read_header(table.header)
        place = self.columns.index("organisation_number")
        self.numbers = [as_listed(row[place]) for row in table.rows]
        #: The first row, as the file counts them, in which each number stands.
        self.seen: dict[str, int] = {}
        for row_number, number in zip(table.numbers, self.numbers, strict=True):
            self.seen.setdefault(number, row_number)

    @cached_property
    def industries(self) -> dict[str, int]:
        """Every way to write an industry, in any language, to the source's id; the old too."""
        names = Industry.objects.values_list(
            "pk", "slug", "name", "translation_key", "locale__language_code"
        )
        source = {key: pk for pk, *_rest, key, code in names if code == settings.LANGUAGE_CODE}
        found: dict[str, int] = {}
        for _pk, slug, name, key, _code in names:
            if key in source:
                for way in (slug, name):
                    found.setdefault(key_of(way), source[key])
        return found

    @cached_property
    def industry_names(self) -> dict[int, str]:
        """The industries' source names by id."""
        return dict(Industry.objects.source().values_list("pk", "name"))

    @cached_property
    def locale(self) -> Locale:
        """The source language."""
        return Locale.objects.get(language_code=settings.LANGUAGE_CODE)

    def plan(self, start: int, end: int, *, lock: bool = False) -> list[RowPlan]:
        """Return the plans of the rows from ``start`` up to ``end`` (both counted from 0)."""
        known = self.look_up(set(self.numbers[start:end]), lock)
        return [self.plan_row(index, known) for index in range(len(self.table.rows))[start:end]]

    def look_up(self, numbers: set[str], lock: bool) -> Known:
        """Find the entries with these numbers, and their industries."""
        found = Enterprise.objects.in_source_language().select_related("locale")
        if lock:
            # In the order that merging locks in, so that neither waits for the other.
            found = found.order_by("pk").select_for_update(of=("self",))
        entries = {
            entry.organisation_number: entry
            for entry in found.filter(organisation_number__in=numbers - {""})
        }
        through = Enterprise.industries.through.objects
        industries: defaultdict[int, list[int]] = defaultdict(list)
        pairs = through.filter(enterprise_id__in=[entry.pk for entry in entries.values()])
        for entry_id, industry_id in pairs.values_list("enterprise_id", "industry_id"):
            industries[entry_id].append(industry_id)
        return Known(entries, industries)

    def plan_row(self, index: int, known: Known) -> RowPlan:
        """Return what becomes of one row."""
        cells = dict(zip(self.columns, self.table.rows[index], strict=True))
        number, org_number = self.table.numbers[index], self.numbers[index]
        plan = RowPlan(number, cells.get("name", ""), org_number)
        earlier = self.seen[org_number]
        if org_number and earlier != number:
            plan.errors.append(
                (
                    heading_of("organisation_number"),
                    _("Row %(number)d has the same number.") % {"number": earlier},
                )
            )
        values = self.parse(plan, cells)
        entry = known.entries.get(org_number)
        if entry is None:
            self.plan_new(plan, values)
        else:
            plan.name = plan.name or entry.name
            self.plan_change(plan, entry, known.industries.get(entry.pk, []), values)
        return plan

    def parse(self, plan: RowPlan, cells: dict[str, str]) -> dict[str, Any]:
        """Return the values of the cells that say something; the errors are the plan's."""
        values = {}
        for name, text in cells.items():
            column = BY_NAME.get(name)
            if not text or column is None or column.parse is None:
                continue
            try:
                if name == INDUSTRIES:
                    plan.industries = self.find_industries(text)
                elif name == "organisation_number":
                    values[name] = normalise(text)
                else:
                    values[name] = column.parse(text)
            except ValidationError as error:
                plan.errors += [(heading_of(name), message) for message in error.messages]
        return values

    def find_industries(self, text: str) -> list[int]:
        """Return the ids of the industries named. Raises ``ValidationError``."""
        if (whole := self.industries.get(key_of(text))) is not None:
            return [whole]
        found, missing = [], []
        for piece in pieces(text):
            key = self.industries.get(key_of(piece))
            if key is None:
                missing.append(piece)
            else:
                found.append(key)
        if missing:
            raise ValidationError(
                _("There is no such industry: %(names)s.") % {"names": ", ".join(missing)[:200]}
            )
        return list(dict.fromkeys(found))

    def plan_new(self, plan: RowPlan, values: dict[str, Any]) -> None:
        """Plan a new entry; a draft may lack what an application must have."""
        plan.entry = Enterprise(locale=self.locale, live=False, **values)
        plan.is_new, plan.touched = True, list(values)
        if self.new_entries == ImportAs.DRAFT:
            empty = [name for name in BY_NAME if name not in values and name not in DRAFT_NEEDS]
            self.validate(plan, plan.entry, exclude=empty)
            return
        if not plan.industries:
            self.add_error(plan, INDUSTRIES, _("An entry needs at least one industry."))
        self.validate(plan, plan.entry, exclude=[])

    def plan_change(
        self, plan: RowPlan, entry: Enterprise, industries: list[int], values: dict[str, Any]
    ) -> None:
        """Plan what changes in an entry that is there, and refuse where that would harm."""
        plan.entry = entry
        for name, value in values.items():
            column = BY_NAME[name]
            old = getattr(entry, name)
            if not column.same(old, value):
                plan.touched.append(name)
                old_words, new_words = as_words(column.show(old)), as_words(column.show(value))
                plan.changes.append((column.heading, old_words, new_words))
                setattr(entry, name, value)
        if plan.industries is not None and set(plan.industries) != set(industries):
            names = self.industry_names
            old_new = (
                "; ".join(names[key] for key in ids) for ids in (industries, plan.industries)
            )
            plan.changes.append((heading_of(INDUSTRIES), *old_new))  # type: ignore[arg-type]
        else:
            plan.industries = None
        if not plan.changes:
            return
        if entry.state in CLOSED:
            text = _("The entry is: %(state)s. Nothing is changed in it by an import.")
            state = {"state": entry.get_state_display()}
            self.add_error(plan, "organisation_number", text % state)
        elif entry.change_waits:
            text = _(
                "A change of this entry is being written or waits for review. Finish it first."
            )
            self.add_error(plan, "organisation_number", text)
        self.validate(plan, entry, exclude=[n for n in BY_NAME if n not in plan.touched])

    def validate(self, plan: RowPlan, entry: Enterprise, exclude: list[str]) -> None:
        """Check the columns' fields, and what spans them, as the entry's own form does."""
        # The cells of these have been looked up among the choices already.
        closed = [name for name in plan.touched if BY_NAME[name].closed]
        checked = {*OTHER_FIELDS, *exclude, *closed}
        self.check(plan, lambda: entry.clean_fields(exclude=checked))
        if SPANNING & set(plan.touched):
            if entry.pk is None:
                entry.members = []  # An import gives none, and the database need not be asked.
            # The numbers of the whole chunk have been looked up at once.
            number, entry.organisation_number = entry.organisation_number, ""
            self.check(plan, entry.clean)
            entry.organisation_number = number

    def check(self, plan: RowPlan, validate: Callable[[], None]) -> None:
        """Add what ``validate`` refuses; a cell that could not be read has said so already."""
        reported = {heading for heading, _message in plan.errors}
        try:
            validate()
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                heading = "" if name == NON_FIELD_ERRORS else heading_of(name)
                if heading not in reported:
                    plan.errors += [(heading, message) for message in messages]

    def add_error(self, plan: RowPlan, name: str, message: str) -> None:
        """Add an error unless the column has one already."""
        heading = heading_of(name)
        if heading not in {known for known, _message in plan.errors}:
            plan.errors.append((heading, message))


def as_listed(number: str) -> str:
    """Return an organisation number as the list writes it, else as it stands."""
    try:
        return normalise(number)
    except ValidationError:
        return number


def read_header(header: list[str]) -> list[str]:
    """Return the field names of the columns, ``""`` and a number for those that are not known.

    Raises ``ValidationError`` where a column stands twice, and where name or number is missing.
    """
    known = keys()
    names = [known.get(key_of(heading), f"?{i}") for i, heading in enumerate(header)]
    twice = {heading_of(name) for name in names if names.count(name) > 1}
    if twice:
        raise ValidationError(
            _("These columns stand twice: %(names)s.") % {"names": ", ".join(sorted(twice))}
        )
    if "organisation_number" not in names:
        raise ValidationError(
            _("There must be a column called “%(name)s”: entries are known by it.")
            % {"name": heading_of("organisation_number")}
        )
    return names


def unknown_headings(table: Table) -> list[str]:
    """Return the headings that the import passes over."""
    names = read_header(table.header)
    return [
        heading
        for heading, name in zip(table.header, names, strict=True)
        if name.startswith("?") and heading
    ]
