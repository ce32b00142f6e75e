"""Whom journalists call."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Self

from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from multiselectfield import MultiSelectField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, PreviewableMixin, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.enums import ContentLanguage


class PressContactQuerySet(models.QuerySet):
    """What the press room asks for."""

    def in_active_language(self) -> Self:
        """Contacts in the reader's language."""
        return self.filter(locale__language_code=get_language())


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

    objects = PressContactQuerySet.as_manager()

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
        digits = re.sub(r"[^\d+]", "", self.phone)
        return f"+46{digits[1:]}" if digits.startswith("0") else digits

    @property
    def languages_in_words(self) -> str:
        """The languages spoken, in the reader's language: ``"svenska, engelska"``."""
        names = dict(ContentLanguage.choices)
        spoken = [str(names[code]).lower() for code in self.languages if code in names]
        return ", ".join(spoken)

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


def contacts_for_reader(links: Iterable[ContactLink]) -> list[PressContact]:
    """Return the contacts of ``links`` in the reader's language, else as they were chosen.

    ``links`` should come with ``contact__locale`` fetched; at most one more query is made.
    """
    chosen = [link.contact for link in links]
    if all(contact.locale.language_code == get_language() for contact in chosen):
        return chosen
    keys = [contact.translation_key for contact in chosen]
    translated = {
        contact.translation_key: contact
        for contact in PressContact.objects.filter(translation_key__in=keys).in_active_language()
    }
    return [translated.get(contact.translation_key, contact) for contact in chosen]
