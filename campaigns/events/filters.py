"""What visitors ask of a programme, as it stands in the address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from asflist.models.industry import IndustryName
from asflist.places import County, county
from campaigns.enums import AccessFact, BookingMode
from campaigns.events.cards import EventCard

NOW = "now"


@dataclass(frozen=True)
class Filters:
    """What is asked for; ``notices`` say what in the address was not understood and left out."""

    county: County | None = None
    day: date | None = None
    access: frozenset[AccessFact] = frozenset()
    booking: BookingMode | None = None
    industry: IndustryName | None = None
    open_now: bool = False
    notices: tuple[str, ...] = field(default=(), compare=False)

    @classmethod
    def from_address(cls, params: QueryDict, industries: list[IndustryName]) -> Filters:
        """Read ``county`` (official code), ``day`` (ISO 8601), ``access``, several times if need
        be, ``booking``, ``industry`` (slug) and ``open=now``."""
        notices = []
        code, chosen_county = params.get("county", ""), county(params.get("county", ""))
        if code and chosen_county is None:
            notices.append(_("There is no such county. Every county is shown."))
        day = read_day(params.get("day", ""))
        if params.get("day") and day is None:
            notices.append(_("There is no such day. Every day is shown."))
        facts = [value for value in params.getlist("access") if value]
        access = frozenset(AccessFact(value) for value in facts if value in AccessFact)
        if len(access) < len(set(facts)):
            notices.append(_("One access fact is not known. It is left out."))
        mode = params.get("booking", "")
        booking = BookingMode(mode) if mode in BookingMode else None
        if mode and booking is None:
            notices.append(_("There is no such way to book. Every way is shown."))
        slug = params.get("industry", "")
        industry = next((name for name in industries if name.slug == slug), None)
        if slug and industry is None:
            notices.append(_("There is no such industry. Every industry is shown."))
        return cls(
            chosen_county, day, access, booking, industry, params.get("open") == NOW, tuple(notices)
        )

    def passes(self, card: EventCard) -> bool:
        """Whether the event has all that is asked for."""
        event = card.event
        return (
            (self.county is None or event.county_code == self.county.code)
            and (self.day is None or self.day in card.days)
            and self.access <= set(event.access or ())
            and (self.booking is None or event.booking == self.booking)
            and (self.industry is None or card.industry == self.industry)
            and (not self.open_now or card.is_open_now)
        )

    def address(self, path: str) -> str:
        """Return ``path`` with the filters: ``"/oppet-hus/2027/?county=21&access=step_free"``."""
        params = QueryDict(mutable=True)
        if self.county:
            params["county"] = self.county.code
        if self.day:
            params["day"] = self.day.isoformat()
        if self.access:
            params.setlist("access", [fact for fact in AccessFact.values if fact in self.access])
        if self.booking:
            params["booking"] = self.booking
        if self.industry:
            params["industry"] = self.industry.slug
        if self.open_now:
            params["open"] = NOW
        return f"{path}?{params.urlencode()}" if params else path

    def loosened(self) -> Iterator[tuple[str, Filters]]:
        """Yield what readers call each filter in use, and the filters without it."""
        if self.county:
            yield self.county.name, replace(self, county=None)
        if self.day:
            yield date_format(self.day, "l j F"), replace(self, day=None)
        for fact in AccessFact:
            if fact in self.access:
                yield str(fact.label), replace(self, access=self.access - {fact})
        if self.booking:
            yield str(self.booking.label), replace(self, booking=None)
        if self.industry:
            yield self.industry.name, replace(self, industry=None)
        if self.open_now:
            yield _("Open now"), replace(self, open_now=False)


def read_day(value: str) -> date | None:
    """Return the day written as ISO 8601 (``"2027-05-08"``), or None."""
    try:
        return parse_date(value)
    except ValueError:
        return None
