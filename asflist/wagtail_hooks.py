"""The list's place in the admin."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.ui.tables import Column, LocaleColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from asflist.filters import EnterpriseFilterSet
from asflist.models import Enterprise, Industry


class EnterpriseViewSet(SnippetViewSet):
    """Enterprises: who, where, what and for whom, each on a tab of its own."""

    model = Enterprise
    icon = "group"
    menu_label = _("Enterprises")
    list_display = [
        "name",
        Column("place", label=_("Municipality"), accessor="place.name", sort_key="municipality"),
        Column("county", label=_("County"), accessor="county.name", sort_key="county_code"),
        Column("certified", label=_("Certified until"), sort_key="certified_until"),
        LocaleColumn(),
        UpdatedAtColumn(),
    ]
    list_per_page = 50
    filterset_class = EnterpriseFilterSet
    ordering = ["sort_key"]
    export_filename = "asf-listan"
    list_export = [
        "name",
        "organisation_number",
        "get_legal_form_display",
        "place.name",
        "county.name",
        "street_address",
        "postcode",
        "locality",
        "industry_names",
        "summary",
        "employees",
        "participants",
        "website",
        "phone",
        "email",
        "member_since",
        "certified_until",
        "live",
        "language",
    ]
    export_headings = {
        "get_legal_form_display": _("legal form"),
        "place.name": _("municipality"),
        "county.name": _("county"),
        "industry_names": _("industries"),
        "live": _("published"),
        "language": _("language"),
    }
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name", required_on_save=True),
                    FieldRowPanel([FieldPanel("organisation_number"), FieldPanel("legal_form")]),
                    FieldPanel("summary"),
                    FieldPanel(
                        "industries",
                        widget=forms.CheckboxSelectMultiple,
                        required_on_save=False,
                    ),
                    FieldPanel("tags"),
                    FieldRowPanel([FieldPanel("logo"), FieldPanel("picture")]),
                ],
                heading=_("Who"),
            ),
            ObjectList(
                [FieldPanel("offer"), FieldPanel("social_benefit")],
                heading=_("Offer and benefit"),
            ),
            ObjectList(
                [
                    FieldPanel("municipality"),
                    MultiFieldPanel(
                        [
                            FieldPanel("street_address"),
                            FieldRowPanel([FieldPanel("postcode"), FieldPanel("locality")]),
                        ],
                        heading=_("Address"),
                    ),
                    MultiFieldPanel(
                        [FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")],
                        heading=_("Contact"),
                    ),
                    FieldPanel("languages"),
                ],
                heading=_("Place and contact"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("employees"), FieldPanel("participants")]),
                    FieldRowPanel([FieldPanel("member_since"), FieldPanel("certified_until")]),
                    PublishingPanel(),
                ],
                heading=_("Figures and membership"),
            ),
        ]
    )


class IndustryViewSet(SnippetViewSet):
    """The industries that enterprises choose from."""

    model = Industry
    icon = "list-ul"
    menu_label = _("Industries")
    list_display = ["name", "slug", LocaleColumn()]
    ordering = ["name"]


class AsfListGroup(SnippetViewSetGroup):
    """The list: enterprises and their industries."""

    menu_label = _("ASF-listan")
    menu_icon = "group"
    menu_order = 250
    items = (EnterpriseViewSet, IndustryViewSet)


register_snippet(AsfListGroup)
