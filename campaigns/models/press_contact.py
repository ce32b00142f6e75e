"""Whom journalists call."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from multiselectfield import MultiSelectField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, PreviewableMixin, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.enums import ContentLanguage
from core.text import tel


class PressContact(PreviewableMixin, TranslatableMixin, index.Indexed, models.Model):
    """A person or desk that answers the press, once a language."""

    name = models.CharField(
        _("name"), max_length=80, help_text=_("A person or a desk, for example “Press desk”.")
    )
    role = models.CharField(
        _("role"),
        max_length=120,
        blank=True,
        help_text=_("Title, or what the contact answers questions about."),
    )
    phone = models.CharField(
        _("phone"),
        max_length=30,
        help_text=_("A number that somebody answers, with area code: 08-465 004 10."),
    )
    email = models.EmailField(_("e-mail"), help_text=_("The address journalists write to."))
    languages = MultiSelectField(
        _("languages spoken"),
        choices=ContentLanguage.choices,
        max_length=10,
        blank=True,
        help_text=_("The languages in which the contact can be interviewed."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
        FieldPanel("languages"),
    ]
    override_translatable_fields = [SynchronizedField("phone"), SynchronizedField("languages")]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("role"),
        index.AutocompleteField("name"),
        index.FilterField("locale"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def tel(self) -> str:
        """The phone number for a ``tel:`` link, in full where it is Swedish (RFC 3966)."""
        return tel(self.phone)

    @property
    def languages_in_words(self) -> str:
        """The languages spoken, in the reader's language: ``"svenska, engelska"``."""
        names = dict(ContentLanguage.choices)
        return ", ".join(str(names[code]) for code in self.languages if code in names)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "campaigns/press_contact_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return super().get_preview_context(request, mode_name) | {"contacts": [self]}


class ContactLink(Orderable):
    """A page's link to a contact.

    It holds no text, so translations of the page share it and each shows the contact in its own
    language.
    """

    contact = models.ForeignKey(
        PressContact,
        verbose_name=_("contact"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Each reader sees the contact in the language of the page."),
    )

    panels = [FieldPanel("contact")]

    class Meta(Orderable.Meta):
        abstract = True


def contacts_for_reader(links: models.QuerySet[ContactLink]) -> list[PressContact]:
    """Return the contacts of ``links``, each in the reader's language, else in the source language.

    One query; a preview's links are not in the database yet and cost one each.
    """
    contacts = PressContact.objects.select_related("locale")
    if isinstance(links, models.QuerySet):
        same = links.filter(contact__translation_key=OuterRef("translation_key"))
        versions = list(
            contacts.filter(Exists(same))
            .annotate(position=Subquery(same.values("sort_order")[:1]))
            .order_by("position", "pk")
        )
    else:
        keys = [link.contact.translation_key for link in links]
        versions = sorted(
            contacts.filter(translation_key__in=keys),
            key=lambda contact: keys.index(contact.translation_key),
        )
    by_key: dict[UUID, dict[str, PressContact]] = {}
    for contact in versions:
        by_key.setdefault(contact.translation_key, {})[contact.locale.language_code] = contact
    return [
        languages.get(get_language() or "")
        or languages.get(settings.LANGUAGE_CODE)
        or next(iter(languages.values()))
        for languages in by_key.values()
    ]
