"""Enquiries in the admin: what comes of them, and the means to stop one that is abuse."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from asflist.enquiries import actions
from asflist.enquiries.report import csv_rows, month_rows, totals
from asflist.enums import AnswerState, EnquiryState
from asflist.menu import ListKeepersMenuItem
from asflist.models import Enquiry, EnquiryQuerySet, Enterprise
from core.spreadsheets import csv_response

permission_policy = ModelPermissionPolicy(Enterprise)
PER_PAGE = 50


class ForListKeepers(PermissionCheckedMixin):
    """A view for those who decide what is on the list: translators may change entries too."""

    permission_policy = permission_policy
    permission_required = "publish"


def enquiries_to_show() -> EnquiryQuerySet:
    """Return the confirmed enquiries, stopped ones first, with how many got and answered them."""
    answered = Q(receivers__state__in=AnswerState.answers())
    counted = Enquiry.objects.sent().annotate(
        number=Count("receivers", filter=~Q(receivers__state=AnswerState.LEFT)),
        answers=Count("receivers", filter=answered),
        is_stopped=Count("pk", filter=Q(state=EnquiryState.STOPPED), distinct=True),
    )
    return counted.order_by("-is_stopped", "-sent_at")


class EnquiryOverview(ForListKeepers, WagtailAdminTemplateMixin, TemplateView):
    """What comes of enquiries by month and county, and each enquiry."""

    template_name = "asflist/enquiries/admin/overview.html"
    page_title = gettext_lazy("Enquiries")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        paginator = Paginator(enquiries_to_show(), PER_PAGE)
        return {
            "totals": totals(),
            "rows": month_rows(),
            "enquiries": paginator.get_page(self.request.GET.get("p")),
            **super().get_context_data(**kwargs),
        }


class EnquiryNumbers(ForListKeepers, View):
    """The numbers as a file for a spreadsheet."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with one row for each month and county."""
        header = [_("Month"), _("County"), _("Enquiries"), _("Receivers"), _("Answers")]
        rows = csv_rows(month_rows())
        return csv_response("forfragningar.csv", [*header, _("Deals"), _("Kronor")], rows)


class EnquiryInspection(ForListKeepers, WagtailAdminTemplateMixin, TemplateView):
    """One enquiry as its receivers see it, with no address; POST stops it or lets it go on."""

    template_name = "asflist/enquiries/admin/enquiry.html"
    page_title = gettext_lazy("Enquiry")
    header_icon = "mail"

    @property
    def enquiry(self) -> Enquiry:
        """The enquiry that the address names; 404 for one that was never confirmed."""
        return get_object_or_404(Enquiry.objects.sent(), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        overview = {"url": reverse("enquiries:index"), "label": _("Enquiries")}
        return [*super().get_breadcrumbs_items(), overview, {"url": "", "label": _("Enquiry")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        enquiry = self.enquiry
        return {
            "enquiry": enquiry,
            "receivers": enquiry.receivers.all(),
            "can_stop": enquiry.is_open,
            "can_release": enquiry.state == EnquiryState.STOPPED,
            **super().get_context_data(**kwargs),
        }

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Stop the enquiry, or let it go on."""
        if "release" in request.POST:
            actions.release(self.enquiry)
            messages.success(request, _("The enquiry can be answered again."))
        else:
            actions.stop(self.enquiry)
            messages.success(request, _("The enquiry is stopped. The buyer is told."))
        return redirect("enquiries:inspect", pk)


class EnquiryViewSet(ViewSet):
    """Enquiries: numbers, and each one."""

    name = "enquiries"
    icon = "mail"
    menu_label = gettext_lazy("Enquiries")
    menu_item_class = ListKeepersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(EnquiryOverview), name="index"),
            path("numbers.csv", self.construct_view(EnquiryNumbers), name="numbers"),
            path("<int:pk>/", self.construct_view(EnquiryInspection), name="inspect"),
        ]

    @property
    def menu_url(self) -> str:
        return reverse("enquiries:index")
