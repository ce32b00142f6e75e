"""Pictures whose consent ends, for staff: a report and a panel on the admin's home page."""

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

from core.models import CustomImage

#: How many pictures the panel names; the report has all.
IN_PANEL = 5


def pictures_to_look_after(request: HttpRequest) -> QuerySet[CustomImage]:
    """Return the pictures that the user may change whose consent has ended or ends soon."""
    mine = permission_policy.instances_user_has_permission_for(request.user, "change")
    return CustomImage.objects.to_look_after().filter(pk__in=mine.values("pk"))


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
        Column(
            "consent",
            label=_("Consent"),
            accessor="consent_in_words",
            sort_key="consent_expires_on",
        ),
        Column("credit", label=_("Credit")),
        Column("licence", label=_("Licence"), accessor="get_licence_display"),
    ]

    def get_base_queryset(self) -> QuerySet[CustomImage]:
        return pictures_to_look_after(self.request)


class ConsentPanel(Component):
    """What staff see first: pictures that they must look after. Nothing where there are none."""

    name = "consents"
    order = 150
    template_name = "core/admin/consent_panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        pictures = list(pictures_to_look_after(parent_context["request"]))
        return {"pictures": pictures[:IN_PANEL], "number": len(pictures)}
