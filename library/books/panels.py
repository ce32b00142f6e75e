"""What editors see of a book's files while they edit it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class BookFilesPanel(Panel):
    """How it is with the PDF and the EPUB of the handbook that a page is, or is a chapter of."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("PDF and EPUB")} | kwargs)

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page; not there before the page is."""

        template_name = "library/admin/book_files_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            from library.books.affected import books_of  # models, which themselves have panels
            from library.models import BookFile

            books = books_of(self.instance)
            files = BookFile.objects.filter(handbook__in=books).order_by("-format")
            return super().get_context_data(parent_context) | {
                "files": list(files),
                "handbook_id": next(iter(books), None),
            }
