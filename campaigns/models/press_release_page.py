"""News for the press."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.models import Orderable, Page, TranslatableMixin

from campaigns.models.press_contact import ContactLink, contacts_for_reader
from campaigns.models.press_page import PressPage
from campaigns.models.press_picture import PressPicture, shown
from campaigns.models.press_settings import PressSettings
from core.models import BasePage, CustomDocument


class PressReleasePage(PressPage):
    """A press release with contacts, pictures to take and the boilerplate."""

    place = models.CharField(
        _("place"),
        max_length=60,
        blank=True,
        help_text=_("Where the news comes from. It stands before the date: “Gävle, 8 May 2027”."),
    )

    kind = _("Press release")
    kind_plural = _("Press releases")
    kind_icon = "newspaper"
    schema_type = "NewsArticle"
    template = "campaigns/press_release_page.html"
    parent_page_types = ["campaigns.PressRoomPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel(
            [
                FieldPanel("place"),
                FieldPanel(
                    "date",
                    heading=_("Release date"),
                    help_text=_("The day the news is released. It stands at the top."),
                ),
            ]
        ),
        FieldPanel("body"),
        InlinePanel(
            "contact_links",
            heading=_("Contacts"),
            label=_("Contact"),
            help_text=_("Whom should a journalist call about this? At least one."),
        ),
        InlinePanel(
            "pictures",
            heading=_("Pictures to take"),
            label=_("Picture"),
            help_text=_("Pictures that may be published with the news."),
        ),
        InlinePanel(
            "related_material",
            heading=_("Related material"),
            label=_("Document or page"),
            help_text=_("Reports, pages and files that a journalist will want."),
        ),
        *PressPage.last_panels,
    ]

    class Meta:
        verbose_name = _("press release")
        verbose_name_plural = _("press releases")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "contacts": contacts_for_reader(self.contact_links.get_queryset()),
            "pictures": shown(self.pictures.select_related("image")),
            "press_settings": PressSettings.current(),
            **self.public_material(),
        }

    def public_material(self) -> dict[str, Any]:
        """Return what goes with the release: its ``documents``, and the public ``linked_pages``.

        A page is given in the language of the release, where it has one; two queries.
        """
        material = list(self.related_material.select_related("document", "linked_page"))
        keys = [item.linked_page.translation_key for item in material if item.linked_page]
        pages = BasePage.objects.listed().filter(translation_key__in=keys, locale=self.locale_id)
        by_key = {page.translation_key: page for page in pages}
        return {
            "documents": [item.document for item in material if item.document],
            "linked_pages": [by_key[key] for key in keys if key in by_key],
        }


class PressReleaseMaterial(TranslatableMixin, Orderable):
    """A page or a document that goes with a press release."""

    page = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="related_material")
    document = models.ForeignKey(
        CustomDocument,
        verbose_name=_("document"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    linked_page = models.ForeignKey(
        Page,
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [FieldRowPanel([FieldPanel("document"), FieldPanel("linked_page")])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("related material")
        verbose_name_plural = _("related material")

    def clean(self) -> None:
        super().clean()
        if bool(self.document_id) == bool(self.linked_page_id):
            raise ValidationError({"document": _("Choose either a document or a page.")})


class PressReleaseContact(ContactLink):
    """A contact of a press release."""

    page = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="contact_links")


class PressReleasePicture(PressPicture):
    """A picture to take with a press release."""

    page = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="pictures")
