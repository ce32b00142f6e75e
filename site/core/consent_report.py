"""Pictures and pages whose consent ends, for staff: two reports and a panel on the admin's home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.images.permissions import permission_policy
from wagtail.permissions import page_permission_policy

from core.consent import pages_to_look_after
from core.models import BasePage, CustomImage
from core.models.pages import BasePageQuerySet

#: How many of each the panel names; the reports have all.
IN_PANEL = 5
#: What both reports say of consent.
CONSENT = Column(
    "consent", label=_("Consent"), accessor="consent_in_words", sort_key="consent_expires_on"
)


def pictures_to_look_after(request: HttpRequest) -> QuerySet[CustomImage]:
    """Return the pictures that the user may change whose consent has ended or ends soon."""
    mine = permission_policy.instances_user_has_permission_for(request.user, "change")
    return CustomImage.objects.to_look_after().filter(pk__in=mine.values("pk"))


def own_pages_to_look_after(request: HttpRequest) -> BasePageQuerySet:
    """Return the pages that the user may change whose consent has ended or ends soon."""
    mine = page_permission_policy.instances_user_has_permission_for(request.user, "change")
    return pages_to_look_after().filter(pk__in=mine.values("pk"))


class ConsentReportView(ReportView):
    """The consent that ends, or ended, first stands first."""

    page_title = _("Consents that end")
    header_icon = "image"
    model = CustomImage
    default_ordering = "consent_expires_on"
    index_url_name = "consent_report"
    index_results_url_name = "consent_report_results"
    permission_policy = permission_policy
    any_permission_required = ["change"]
    columns = [
        TitleColumn("title", label=_("Picture"), sort_key="title", url_name="wagtailimages:edit"),
        CONSENT,
        Column("credit", label=_("Credit")),
        Column("licence", label=_("Licence"), accessor="get_licence_display"),
    ]

    def get_base_queryset(self) -> QuerySet[CustomImage]:
        return pictures_to_look_after(self.request)


class PageConsentReportView(ReportView):
    """The pages that tell of somebody, the consent that ends, or ended, first before the others."""

    page_title = _("Pages with consent that ends")
    header_icon = "group"
    model = BasePage
    default_ordering = "consent_expires_on"
    index_url_name = "page_consent_report"
    index_results_url_name = "page_consent_report_results"
    permission_policy = page_permission_policy
    any_permission_required = ["change"]
    columns = [
        TitleColumn("title", label=_("Page"), sort_key="title", url_name="wagtailadmin_pages:edit"),
        CONSENT,
        Column("kind", label=_("Kind"), accessor="card_kind"),
        Column("status", label=_("Status"), accessor="status_string"),
    ]

    def get_base_queryset(self) -> BasePageQuerySet:
        return own_pages_to_look_after(self.request).select_related("content_type")


class ConsentPanel(Component):
    """What staff see first: what they must look after. Nothing where there is nothing."""

    name = "consents"
    order = 150
    template_name = "core/admin/consent_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        pictures = list(pictures_to_look_after(request))
        pages = list(own_pages_to_look_after(request))
        return {
            "pages": pages[:IN_PANEL],
            "pictures": pictures[:IN_PANEL],
            "number": len(pictures) + len(pages),
        }
