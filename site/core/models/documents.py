"""Files to download."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document, DocumentQuerySet

from core import extraction
from core.enums import ContentLanguage, TextState
from core.text import format_name

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class CustomDocumentQuerySet(DocumentQuerySet):
    """Questions about documents."""

    def unread(self) -> Self:
        """Documents whose file has not been looked into since it was put there."""
        return self.exclude(text_hash=F("file_hash")) | self.filter(file_hash="")


class CustomDocumentManager(models.Manager.from_queryset(CustomDocumentQuerySet)):  # type: ignore[misc]
    """Documents without their text, which can be long, and which only the search asks for."""

    def get_queryset(self) -> CustomDocumentQuerySet:
        return super().get_queryset().defer("text")


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

    #: The hash of the file that the text was taken from.
    text_hash = models.CharField(max_length=40, blank=True, editable=False)

    objects = CustomDocumentManager()

    #: What a form has read already of the file that it is about to save.
    reading: extraction.Reading | None = None

    admin_form_fields = (*Document.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        base_manager_name = "objects"  # pages fetch their documents through it
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        """Check the ending of the file; that there is none is said by its field."""
        if self.file:
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and know the file's size (links say it), hash (its ETag is made of it) and text.

        A new file is read when it is safely stored: whatever it does to its reader, it is there.
        """
        # What Django itself goes by when it writes a file that has just been assigned.
        is_new = bool(self.file) and not self.file._committed
        if self.file and (is_new or not self.file_hash):
            self._set_document_file_metadata()  # what Wagtail's form calls before it saves
        unread = kwargs.get("update_fields") is None and self.text_hash != self.file_hash
        if unread:
            self.take(self.reading)
        super().save(*args, **kwargs)
        if unread and self.reading is None:
            transaction.on_commit(self.read, robust=True)
        self.reading = None

    def take(self, reading: extraction.Reading | None) -> None:
        """Put what was read in the file in place of what was known; not yet in the database."""
        self.text = reading.text if reading else ""
        self.text_state = reading.finding.text_state if reading else TextState.UNKNOWN
        self.text_hash = self.file_hash if reading else ""

    def read(self) -> None:
        """Read the stored file, and save what stands in it; the search follows."""
        if not self.file_hash:
            self._set_document_file_metadata()
        with self.open_file() as file:
            self.take(extraction.read(file, self.file_extension.lower()))
        self.save(update_fields=["text", "text_state", "text_hash", "file_hash", "file_size"])

    @property
    def format_name(self) -> str:
        """The file's format as readers know it, for example ``"PDF"``."""
        return format_name(self.file.name)

    @property
    def has_no_text(self) -> bool:
        """Whether nobody can search it or have it read aloud (WCAG 1.4.5, PDF technique 7)."""
        return self.text_state == TextState.EMPTY

    @property
    def warning(self) -> StrOrPromise:
        """What an editor should know of a file that cannot be read; empty where it can be."""
        if self.text_state == TextState.EMPTY:
            return _(
                "There is no text in this file, only pictures of it. It cannot be searched, and a "
                "screen reader has nothing to read aloud (WCAG 1.4.5). Make the file from its "
                "source, or let a program recognise the text, and replace it."
            )
        if self.text_state == TextState.UNREADABLE:
            return _(
                "The text of this file could not be read: it is locked with a password, or broken. "
                "It cannot be searched. Open it, save it without a password and replace it."
            )
        return ""
