"""Settings that hold text, once a language."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import TranslatableMixin

PLAIN_FEATURES = ["bold", "italic", "link"]


class TranslatableSetting(TranslatableMixin, models.Model):
    """A setting of which there is exactly one in each language.

    Wagtail's site settings hold one row per site and cannot be translated; this is a snippet, so
    wagtail-localize translates it like any other.
    """

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @classmethod
    def current(cls) -> Self:
        """Return the setting in the active language, else in the source language, else empty."""
        rows = {
            row.locale.language_code: row for row in cls._default_manager.select_related("locale")
        }
        return rows.get(get_language() or "") or rows.get(settings.LANGUAGE_CODE) or cls()

    @classmethod
    def for_request(cls, request: HttpRequest) -> Self:
        """Return the current setting, asked for once however many parts of the page need it."""
        attribute = f"_{cls._meta.model_name}"
        if not hasattr(request, attribute):
            setattr(request, attribute, cls.current())
        return getattr(request, attribute)

    def clean(self) -> None:
        super().clean()
        if not self.locale_id:
            return
        if type(self)._default_manager.filter(locale=self.locale_id).exclude(pk=self.pk).exists():
            raise ValidationError(_("These settings exist already in this language. Edit them instead."))


class OrganisationSettings(TranslatableSetting):
    """Who is behind the site: shown in the footer of every page."""

    name = models.CharField(
        _("organisation"),
        max_length=80,
        help_text=_("The name of the organisation that runs the site."),
    )
    address = models.CharField(
        _("address"), max_length=160, blank=True, help_text=_("Postal address on one line.")
    )
    phone = models.CharField(
        _("phone"), max_length=30, blank=True, help_text=_("With area code, for example 08-465 004 10.")
    )
    email = models.EmailField(_("e-mail"), help_text=_("The address visitors write to."))
    footer_text = models.TextField(
        _("footer text"),
        blank=True,
        help_text=_("One or two sentences on who you are. They stand at the foot of every page."),
    )
    funding = RichTextField(
        _("acknowledgement of funding"),
        features=PLAIN_FEATURES,
        blank=True,
        help_text=_("The wording that the European Social Fund asks for."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldPanel("phone"),
        FieldPanel("email"),
        FieldPanel("footer_text"),
        FieldPanel("funding"),
    ]

    class Meta(TranslatableSetting.Meta):
        verbose_name = _("organisation and footer")
        verbose_name_plural = _("organisation and footer")

    def __str__(self) -> str:
        return self.name
