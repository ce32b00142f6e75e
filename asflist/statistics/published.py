"""The tables that are shown, made once for as long as nothing behind them changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache

from asflist.models import Industry, IndustryName
from asflist.statistics.source import read_entries, read_records, read_version
from asflist.statistics.tables import YearTables, make_tables

#: Seconds that unchanged tables are kept.
KEEP = 24 * 3600


@dataclass(frozen=True)
class Statistics:
    """The tables of every year that has reports, the newest first, and the industries' names."""

    version: str
    years: Mapping[int, YearTables]
    industries: Mapping[int, IndustryName]

    @cached_property
    def newest(self) -> int | None:
        """The newest year with reports, None before there is any."""
        return next(iter(self.years), None)


def get_statistics() -> Statistics:
    """Return the statistics as they are now; five queries at most, three when they are kept."""
    industries = Industry.objects.names()
    version, years = read_version(industries)
    keys = {year: f"statistics:{version}:{year}" for year in years}
    kept = cache.get_many(keys.values())
    missing = [year for year, key in keys.items() if key not in kept]
    if missing:
        entries, records = read_entries(), read_records(missing)
        made = {keys[year]: make_tables(year, records, entries) for year in missing}
        cache.set_many(made, KEEP)
        kept |= made
    return Statistics(version, {year: kept[key] for year, key in keys.items()}, industries)
