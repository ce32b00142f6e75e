"""What readers have answered, for staff: a list with totals, as a table too, and deleting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from core.spreadsheets import csv_response
from library.feedback import NO, YES
from library.models import Feedback

permission_policy = ModelPermissionPolicy(Feedback)
NAME = "feedback"


@dataclass(frozen=True)
class PageTotal:
    """How many found a page helpful, and how many did not."""

    title: str
    helpful: int
    not_helpful: int


def totals(answers: QuerySet[Feedback]) -> list[PageTotal]:
    """Count the answers by page, the page with most who were not helped first; one query."""
    rows = (
        answers.order_by()
        .values("page", "page__draft_title")
        .annotate(
            yes=Count("pk", filter=Q(helpful=True)),
            no=Count("pk", filter=Q(helpful=False)),
        )
        .order_by("-no", "-yes", "page__draft_title")
    )
    return [PageTotal(row["page__draft_title"], row["yes"], row["no"]) for row in rows]


def answered_pages(request: HttpRequest) -> QuerySet[Page]:
    """Return the pages that somebody has answered about."""
    return Page.objects.filter(pk__in=Feedback.objects.order_by().values("page")).order_by("title")


class FeedbackFilterSet(WagtailFilterSet):
    """Page, yes or no, and whether there is a text."""

    page = django_filters.ModelChoiceFilter(label=_("Page"), queryset=answered_pages)
    helpful = django_filters.ChoiceFilter(
        label=_("Was it helpful?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        method="filter_helpful",
    )
    text = django_filters.ChoiceFilter(
        label=_("Text"),
        choices=[("yes", _("With a text")), ("no", _("Without"))],
        method="filter_text",
    )

    class Meta:
        model = Feedback
        fields: list[str] = []

    def filter_helpful(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the answers that say yes, or no."""
        return rows.filter(helpful=value == YES)

    def filter_text(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the answers with a text, or those without."""
        return rows.exclude(comment="") if value == "yes" else rows.filter(comment="")


def in_words(answer: Feedback) -> str:
    """Return the answer as the reader gave it."""
    return str(_("Yes") if answer.helpful else _("No"))


class DeleteColumn(Column):
    """A link to delete the answer."""

    cell_template_name = "library/admin/delete_cell.html"


class FeedbackIndex(generic.IndexView):
    """The newest answer first; nobody can change what a reader has said."""

    model = Feedback
    page_title = _("Readers’ answers")
    header_icon = "comment"
    permission_policy = permission_policy
    any_permission_required = ["view", "delete"]
    results_template_name = "library/admin/feedback_results.html"
    index_url_name = f"{NAME}:index"
    index_results_url_name = f"{NAME}:index_results"
    delete_url_name = f"{NAME}:delete"
    filterset_class = FeedbackFilterSet
    default_ordering = "-created_at"
    paginate_by = 50

    @cached_property
    def columns(self) -> list[Column]:
        """What is shown of each answer, with deleting for those who may."""
        columns = [
            Column("page", label=_("Page"), accessor="page.draft_title"),
            Column("helpful", label=_("Was it helpful?"), accessor=in_words),
            Column("comment", label=_("Text")),
            DateColumn("created_at", label=_("When"), sort_key="created_at"),
        ]
        if permission_policy.user_has_permission(self.request.user, "delete"):
            columns.append(DeleteColumn("delete", label="", accessor="pk"))
        return columns

    def get_base_queryset(self) -> QuerySet[Feedback]:
        return Feedback.objects.select_related("page")

    def get_header_buttons(self) -> list[Button]:
        query = self.request.GET.urlencode()
        address = reverse(f"{NAME}:export")
        return [
            HeaderButton(
                _("Take as a table (CSV)"),
                f"{address}?{query}" if query else address,
                icon_name="download",
            )
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        chosen = self.filter_queryset(self.get_base_queryset())
        return context | {"totals": totals(chosen)}


class FeedbackExport(FeedbackIndex):
    """The chosen answers as a table."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answers = self.filter_queryset(self.get_base_queryset()).order_by("-created_at")
        header = [_("Page"), _("Was it helpful?"), _("Text"), _("When")]
        return csv_response("answers.csv", header, rows(answers))


def rows(answers: Iterable[Feedback]) -> Iterable[list[object]]:
    """Yield each answer as a row."""
    for answer in answers:
        moment = timezone.localtime(answer.created_at)
        yield [
            answer.page.draft_title,
            in_words(answer),
            answer.comment,
            f"{moment:%Y-%m-%d %H:%M}",
        ]


class FeedbackDelete(generic.DeleteView):
    """Deletes one answer."""

    model = Feedback
    page_title = _("Delete the answer")
    header_icon = "bin"
    permission_policy = permission_policy
    permission_required = "delete"
    index_url_name = f"{NAME}:index"
    delete_url_name = f"{NAME}:delete"
    success_message = _("The answer has been deleted.")

    def get_success_message(self) -> str:
        return str(self.success_message)


class FeedbackMenuItem(MenuItem):
    """A menu item for those who may see the answers."""

    def is_shown(self, request: HttpRequest) -> bool:
        allowed: bool = permission_policy.user_has_any_permission(request.user, ("view", "delete"))
        return allowed


class FeedbackViewSet(ViewSet):
    """Readers' answers to “Was this helpful?”."""

    name = NAME
    icon = "comment"
    menu_label = _("Readers’ answers")
    menu_item_class = FeedbackMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(FeedbackIndex), name="index"),
            path(
                "results/",
                self.construct_view(FeedbackIndex, results_only=True),
                name="index_results",
            ),
            path("export/", self.construct_view(FeedbackExport), name="export"),
            path("delete/<int:pk>/", self.construct_view(FeedbackDelete), name="delete"),
        ]

    @property
    def menu_url(self) -> str:
        return reverse(f"{NAME}:index")
