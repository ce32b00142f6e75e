"""Books' files in the admin: a column in the listing, and making them again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import IndexView
from wagtail.query import PageQuerySet

from library.books.builder import want
from library.enums import BookState
from library.models import BookFile, HandbookPage


class BookFilesColumn(Column):
    """The state of each of a handbook's files, which ``HandbookIndexView`` has fetched."""

    cell_template_name = "library/admin/book_files_cell.html"

    def get_value(self, instance: HandbookPage) -> list[BookFile]:
        return sorted(instance.files.all(), key=lambda file: file.format, reverse=True)

    def get_cell_context_data(
        self, instance: HandbookPage, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"files": context["value"]}


class HandbookIndexView(IndexView):
    """The handbooks with their files, in a number of queries that does not grow."""

    def get_base_queryset(self) -> PageQuerySet:
        return super().get_base_queryset().prefetch_related("files")


FILES_COLUMN = BookFilesColumn("files", label=_("PDF and EPUB"))


@require_http_methods(["GET", "HEAD", "POST"])
def book_files_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how it is with a handbook's files; a POST has them made again.

    For those who may publish the handbook: what is made goes out to readers.
    """
    handbook = get_object_or_404(HandbookPage, pk=pk)
    if not handbook.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    if request.method == "POST":
        return make_again(request, handbook)
    files = list(BookFile.objects.filter(handbook=handbook).order_by("-format"))
    context = {
        "handbook": handbook,
        "files": files,
        "page_title": gettext("PDF and EPUB"),
        "page_subtitle": handbook.get_admin_display_title(),
        "header_icon": "download",
        "failed": any(file.state == BookState.FAILED for file in files),
    }
    return render(request, "library/admin/book_files.html", context)


def make_again(request: HttpRequest, handbook: HandbookPage) -> HttpResponseRedirect:
    """Have the files of a live handbook made again, and say so."""
    if handbook.live:
        want([handbook.pk])
        messages.success(request, gettext("PDF and EPUB are made again."))
    else:
        messages.error(request, gettext("Publish the handbook first."))
    return redirect("book_files_admin", handbook.pk)


@hooks.register("register_admin_urls")
def register_book_urls() -> list[URLPattern]:
    """Give the files of a handbook a page in the admin."""
    return [path("library/books/<int:pk>/", book_files_view, name="book_files_admin")]
