"""Campaigns and events in the admin."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, StatusTagColumn
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from campaigns.events.admin_filters import EventFilterSet
from campaigns.events.admin_form import EventAdminForm
from campaigns.events.admin_panels import FiguresPanel, OrganiserPanel
from campaigns.events.reports import state_in_words
from campaigns.listing_columns import columns_with
from campaigns.models import CampaignPage, Event, EventQuerySet
from core.menu import PageListMenuItem


class CampaignViewSet(PageListingViewSet):
    """Every campaign, with its days."""

    model = CampaignPage
    name = "campaigns"
    icon = "calendar-alt"
    menu_label = _("Campaigns")
    menu_item_class = PageListMenuItem
    columns = columns_with(
        Column("starts_on", label=_("First day"), sort_key="starts_on"),
        Column("ends_on", label=_("Last day"), sort_key="ends_on"),
    )
    list_filter = {"starts_on": ["gte", "lte"]}
    ordering = "-starts_on"


class EventViewSet(SnippetViewSet):
    """Events: what, when and where, access, booking, and who answers for them."""

    model = Event
    icon = "date"
    menu_label = _("Events")
    menu_name = "events"
    # An organiser copies last year's event by their link; a copy made here would have no organiser.
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = [
        "title",
        "host",
        "campaign",
        "description",
        "venue",
        "municipality_code",
        "access",
        "public_transport",
        "access_note",
        "booking",
        "capacity",
        "cancelled_at",
        "cancel_reason",
    ]
    list_display = [
        "title",
        Column("host", label=_("Host"), sort_key="host"),
        Column("county", label=_("County"), accessor="county.name", sort_key="county_code"),
        Column("campaign", label=_("Campaign"), accessor="campaign.title", sort_key="campaign"),
        DateColumn("first_starts_at", label=_("First time"), sort_key="first_starts_at"),
        NumberColumn("people_booked", label=_("Booked"), sort_key="people_booked"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor=state_in_words,
            primary=lambda event: event.is_waiting,
            sort_key="live",
        ),
    ]
    list_per_page = 50
    filterset_class = EventFilterSet
    # In the database's own words: the admin's index knows no counts.
    search_backend_name = None
    search_fields = ["title", "host", "venue"]
    ordering = ["-first_starts_at", "title"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("campaign"),
                    MultiFieldPanel(
                        [FieldPanel("host"), FieldPanel("enterprise"), FieldPanel("industry")],
                        heading=_("Who"),
                    ),
                    FieldPanel("title"),
                    FieldPanel("description"),
                    FieldRowPanel([FieldPanel("text_language"), FieldPanel("languages")]),
                    MultiFieldPanel(
                        [FieldPanel("picture"), FieldPanel("picture_alt")], heading=_("Picture")
                    ),
                ],
                heading=_("What"),
            ),
            ObjectList(
                [
                    InlinePanel(
                        "times",
                        heading=_("Opening times"),
                        label=_("Time"),
                        min_num=1,
                        help_text=_(
                            "Swedish time. Each time has its own places. "
                            "Visitors who have booked are told when you publish a change."
                        ),
                    ),
                    FieldPanel("municipality_code"),
                    FieldPanel("venue"),
                ],
                heading=_("When and where"),
            ),
            ObjectList(
                [
                    FieldPanel("access"),
                    FieldPanel("public_transport"),
                    FieldPanel("access_note"),
                ],
                heading=_("Access"),
            ),
            ObjectList(
                [
                    FieldPanel("booking"),
                    FieldPanel("capacity"),
                    FieldPanel("booking_contact"),
                    FieldPanel("booking_url"),
                ],
                heading=_("Booking"),
            ),
            ObjectList(
                [
                    OrganiserPanel(heading=_("Organiser")),
                    FiguresPanel(heading=_("Figures")),
                    PublishingPanel(),
                ],
                heading=_("Organiser and figures"),
            ),
        ],
        base_form_class=EventAdminForm,
    )

    def get_queryset(self, request: HttpRequest) -> EventQuerySet:
        events = Event.objects.by_first_time().with_people_booked().with_waiting()
        return events.select_related("campaign")
