"""Documents as templates."""

from __future__ import annotations

import mimetypes
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.enums import Audience
from core.models import BasePage, CustomDocument, OrganisationSettings
from library.blocks import LIBRARY_BLOCKS
from library.enums import TemplateKind
from library.querysets import TemplatePageQuerySet
from library.template_form import TemplateForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class TemplatePage(BasePage):
    """A document to download and fill in. A translation may have a document of its own."""

    template_kind = models.CharField(
        _("used for"),
        max_length=20,
        choices=TemplateKind,
        default=TemplateKind.OTHER,
        help_text=_("The kind of purchase or task that the template is for."),
    )
    document = models.ForeignKey(
        CustomDocument,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The file that readers download."),
    )
    version = models.CharField(
        _("version"),
        max_length=20,
        blank=True,
        help_text=_("The template's own version, for example 2.1."),
    )
    updated_on = models.DateField(
        _("updated on"),
        null=True,
        blank=True,
        help_text=_("The day when this version was finished."),
    )
    body = StreamField(
        LIBRARY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("When to use the template, and how to fill it in."),
    )

    objects = PageManager.from_queryset(TemplatePageQuerySet)()

    base_form_class = TemplateForm
    kind = _("Template")
    kind_plural = _("Templates")
    kind_icon = "file-down"
    schema_type = "DigitalDocument"
    template = "library/template_page.html"
    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("document"),
                FieldPanel("template_kind"),
                FieldPanel("version"),
                FieldPanel("updated_on"),
                FieldPanel("keep_earlier"),
                FieldPanel("what_changed"),
            ],
            heading=_("The template"),
        ),
        InlinePanel(
            "earlier_versions",
            label=_("Earlier version"),
            heading=_("Earlier versions"),
            help_text=_("They stay to be downloaded, the newest first."),
        ),
        FieldPanel("body"),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("version"),
    ]

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")

    @cached_property
    def former_versions(self) -> list[TemplateVersion]:
        """The earlier versions with their files, the newest first; one query."""
        return list(self.earlier_versions.select_related("document"))

    @property
    def audience_names(self) -> list[StrOrPromise]:
        """For whom the template is, in the reader's words."""
        return [Audience(value).label for value in self.audience]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the mail in which readers ask for another format, its subject filled in."""
        email = OrganisationSettings.for_request(request).email
        subject = _("Another format of “%(title)s”") % {"title": self.title}
        link = f"mailto:{email}?{urlencode({'subject': subject}, quote_via=quote)}" if email else ""
        return super().get_context(request, *args, **kwargs) | {"other_format_link": link}

    def keep_as_earlier(
        self, document: CustomDocument, version: str, updated_on: date | None, note: str
    ) -> None:
        """Put a version that is replaced first among the earlier ones, unless it is there."""
        rows = list(self.earlier_versions.all())
        if any(row.document_id == document.pk for row in rows):
            return
        name = version or (updated_on.isoformat() if updated_on else _("earlier version"))
        for row in rows:
            row.sort_order = (row.sort_order or 0) + 1
        kept = TemplateVersion(
            document=document, version=name, updated_on=updated_on, note=note, sort_order=0
        )
        kept.locale = self.locale
        self.earlier_versions.set([kept, *rows])

    def get_searchable_text(self) -> list[str]:
        """Return the body's texts, then what stands in the document if it is in this language."""
        texts = super().get_searchable_text()
        if self.document and self.document.language == self.locale.language_code:
            texts.append(escape(self.document.text))  # It is no HTML, and may well hold “<”.
        return texts

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        data = super().structured_data(request)
        if self.version:
            data["version"] = self.version
        if self.audience:
            data["audience"] = [
                {"@type": "Audience", "audienceType": str(name)} for name in self.audience_names
            ]
        if self.document:
            data["encoding"] = {
                "@type": "MediaObject",
                "contentUrl": request.build_absolute_uri(self.document.url),
                "encodingFormat": mimetypes.guess_type(self.document.file.name)[0] or "",
                "inLanguage": self.document.language,
            }
        return data


class TemplateVersion(TranslatableMixin, Orderable):
    """An earlier version of a template; its note is translated, its file may have a translation."""

    template_page = ParentalKey(
        TemplatePage, on_delete=models.CASCADE, related_name="earlier_versions"
    )
    document = models.ForeignKey(
        CustomDocument,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The file as it was."),
    )
    version = models.CharField(_("version"), max_length=20, help_text=_("For example 1.0."))
    updated_on = models.DateField(
        _("finished on"), null=True, blank=True, help_text=_("The day when it was finished.")
    )
    note = models.CharField(
        _("what was changed after it"),
        max_length=200,
        blank=True,
        help_text=_("Why there is a newer one, in one sentence."),
    )

    panels = [
        FieldPanel("document"),
        FieldPanel("version"),
        FieldPanel("updated_on"),
        FieldPanel("note"),
    ]

    override_translatable_fields = [SynchronizedField("version")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("earlier version")
        verbose_name_plural = _("earlier versions")

    def __str__(self) -> str:
        return self.version
