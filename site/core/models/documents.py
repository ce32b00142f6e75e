"""Files to download."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from core.enums import ContentLanguage, TextState
from core.text import format_name


class CustomDocument(AbstractDocument):
    """A file to download, with the language it is written in."""

    language = models.CharField(
        _("language"),
        max_length=2,
        choices=ContentLanguage,
        default=ContentLanguage.SWEDISH,
        help_text=_("The language the file is written in. It is shown in the link."),
    )

    #: What stands in the file, for the search; see ``core.extraction``.
    text = models.TextField(blank=True, editable=False)
    text_state = models.CharField(
        max_length=12, choices=TextState, default=TextState.UNKNOWN, editable=False
    )

    admin_form_fields = (*Document.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and know the file's size (links say it) and hash (its ETag is made of it)."""
        if self.file and not self.file_hash:
            self._set_document_file_metadata()  # what Wagtail's form calls before it saves
        super().save(*args, **kwargs)

    @property
    def format_name(self) -> str:
        """The file's format as readers know it, for example ``"PDF"``."""
        return format_name(self.file.name)
