"""How a campaign's events are spread over the counties, and its events as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from asflist.places import County, counties
from campaigns.dates import swedish_today
from campaigns.events.admin_filters import source_campaigns
from campaigns.events.results import Totals, totals
from campaigns.models import CampaignPage, Event
from core.spreadsheets import csv_response

MAY_SEE = ("view", "change", "publish")
event_permissions = ModelPermissionPolicy(Event)


@dataclass(frozen=True)
class CountyRow:
    """A county's events in a campaign: approved and to be held, and waiting for approval."""

    county: County
    approved: int
    waiting: int


def county_rows(campaign: CampaignPage) -> list[CountyRow]:
    """Return one row for each of the 21 counties, in the order of their codes; two queries."""
    events = Event.objects.of_campaign(campaign.translation_key).not_cancelled()
    approved = events.filter(live=True).count_by_county()
    waiting = events.filter(live=False).awaiting_approval().count_by_county()
    return [
        CountyRow(county, approved.get(county.code, 0), waiting.get(county.code, 0))
        for county in counties()
    ]


def in_words(rows: list[CountyRow]) -> str:
    """Return which counties have no approved event, in the reader's language."""
    without = [row.county.name for row in rows if not row.approved]
    if not without:
        return gettext("Every county has an event.")
    return gettext("%(number)d of %(all)d counties have no approved event yet: %(names)s.") % {
        "number": len(without),
        "all": len(rows),
        "names": get_text_list(without, gettext("and")),
    }


def chosen_campaign(request: HttpRequest) -> CampaignPage | None:
    """Return the campaign that ``?campaign=`` names, else the one that runs or comes next."""
    campaigns = source_campaigns(request)
    if (number := request.GET.get("campaign", "")).isdecimal():
        return get_object_or_404(campaigns, pk=number)
    coming = campaigns.filter(ends_on__gte=swedish_today()).order_by("starts_on", "pk")
    return coming.first() or campaigns.first()


class CountyOverview(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The 21 counties and how many events each has in the chosen campaign."""

    template_name = "campaigns/admin/county_overview.html"
    page_title = _("Events by county")
    header_icon = "site"
    permission_policy = event_permissions
    any_permission_required = MAY_SEE

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        campaign = chosen_campaign(self.request)
        context |= {"campaign": campaign, "campaigns": source_campaigns(self.request)}
        if campaign is not None:
            rows = county_rows(campaign)
            figures: Totals = totals(campaign)
            context |= {
                "rows": rows,
                "in_words": in_words(rows),
                "totals": figures,
                "events_url": reverse(Event.snippet_viewset.get_url_name("list")),
                "csv_url": f"{reverse('county_overview:csv')}?campaign={campaign.pk}",
            }
        return context


def events_csv(request: HttpRequest) -> HttpResponse:
    """Answer with a campaign's events and what was reported, for a spreadsheet.

    Organisers' contacts are there for those who may approve events, and nobody else.
    """
    if not event_permissions.user_has_any_permission(request.user, MAY_SEE):
        raise PermissionDenied
    if (campaign := chosen_campaign(request)) is None:
        raise Http404
    with_contacts = event_permissions.user_has_permission(request.user, "publish")
    events = (
        Event.objects.of_campaign(campaign.translation_key)
        .by_first_time()
        .with_people_booked()
        .with_waiting()
        .select_related("campaign", "organiser", "report", "industry", "enterprise")
        .prefetch_related("times")
    )
    names = [*columns(), *(contact_columns() if with_contacts else [])]
    rows = (list(event_row(event, with_contacts)) for event in events)
    return csv_response(f"{campaign.slug}.csv", names, rows)


def columns() -> list[str]:
    """Return the table's headings, in the reader's language."""
    return [
        gettext("Title"),
        gettext("Host"),
        gettext("County"),
        gettext("Municipality"),
        gettext("Place and street"),
        gettext("Opening times"),
        gettext("State"),
        gettext("Booking"),
        gettext("Places"),
        gettext("Booked"),
        gettext("Visitors"),
        gettext("New contacts"),
        gettext("Comment"),
    ]


def contact_columns() -> list[str]:
    """Return the headings of the organiser's contact."""
    return [gettext("Organiser"), gettext("E-mail"), gettext("Phone")]


def event_row(event: Any, with_contacts: bool) -> Iterator[object]:
    """Yield the cells of one of ``events_csv``'s rows, as ``columns`` and ``contact_columns``."""
    place = event.municipality
    report = getattr(event, "report", None)
    yield from (event.title, event.host)
    yield from (place.county.name, place.name) if place else ("", "")
    yield event.venue
    yield "; ".join(time.in_words for time in event.ordered_times())
    yield state_in_words(event)
    yield from (event.get_booking_display(), event.capacity, event.people_booked)
    yield from (report.visitors, report.new_contacts, report.comment) if report else ("", "", "")
    if with_contacts:
        organiser = getattr(event, "organiser", None)
        yield from (
            (organiser.name, organiser.email, organiser.phone) if organiser else ("", "", "")
        )


def state_in_words(event: Any) -> str:
    """Return how far an event ``with_waiting`` has come, in the reader's language."""
    if event.is_cancelled:
        return gettext("Cancelled")
    if event.is_waiting:
        if event.live:
            return gettext("Published, and a change waits for approval")
        return gettext("Waiting for approval")
    return gettext("Published") if event.live else gettext("Not published")


class EventReportsMenuItem(MenuItem):
    """A menu item for those who may see events."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(event_permissions.user_has_any_permission(request.user, MAY_SEE))


class CountyOverviewViewSet(ViewSet):
    """The overview's place in the admin, and the table's."""

    name = "county_overview"
    icon = "site"
    menu_label = _("Events by county")
    menu_item_class = EventReportsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", CountyOverview.as_view(), name="index"),
            path("events.csv", events_csv, name="csv"),
        ]
