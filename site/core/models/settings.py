"""Settings that hold text, once a language."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PreviewableMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from core.models.pages import BasePage
from core.text import tel

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
            raise ValidationError(
                _("These settings exist already in this language. Edit them instead.")
            )


class OrganisationSettings(PreviewableMixin, TranslatableSetting):
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
        _("phone"),
        max_length=30,
        blank=True,
        help_text=_("With area code, for example 08-465 004 10."),
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
    contact_page = models.ForeignKey(
        Page,
        verbose_name=_("contact page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that says how to reach you. The footer leads to it."),
    )
    accessibility_page = models.ForeignKey(
        Page,
        verbose_name=_("accessibility statement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page with the accessibility statement. The footer leads to it."),
    )
    privacy_page = models.ForeignKey(
        Page,
        verbose_name=_("page on personal data"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that says how you handle personal data. The footer leads to it."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("address"),
        FieldPanel("phone"),
        FieldPanel("email"),
        FieldPanel("footer_text"),
        FieldPanel("funding"),
        FieldPanel("contact_page"),
        FieldPanel("accessibility_page"),
        FieldPanel("privacy_page"),
    ]
    override_translatable_fields = [
        SynchronizedField("contact_page"),
        SynchronizedField("accessibility_page"),
        SynchronizedField("privacy_page"),
    ]

    class Meta(TranslatableSetting.Meta):
        verbose_name = _("organisation and footer")
        verbose_name_plural = _("organisation and footer")

    #: Public pages in any state among which ``footer_pages`` finds its own; None: not fetched.
    known_pages: list[BasePage] | None = None

    def __str__(self) -> str:
        return self.name

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "core/organisation_preview.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        return super().get_preview_context(request, mode_name) | {"organisation": self}

    @property
    def tel(self) -> str:
        """The phone number for a ``tel:`` link."""
        return tel(self.phone)

    @property
    def chosen_pages(self) -> list[int | None]:
        """The ids of the pages that the footer is to lead to, in its order."""
        return [self.contact_page_id, self.accessibility_page_id, self.privacy_page_id]

    @property
    def is_in_footer(self) -> Q:
        """What holds for the pages that the footer is to lead to, in any language and state."""
        same = BasePage.objects.filter(pk__in=[pk for pk in self.chosen_pages if pk])
        return Q(translation_key__in=same.values("translation_key"))

    @cached_property
    def footer_pages(self) -> list[BasePage]:
        """The pages that the footer leads to, in the reader's language where live.

        The menu has often fetched them (``core.navigation.sections``), else it is one query.
        """
        chosen = self.chosen_pages
        if not any(chosen):
            return []
        pages = self.known_pages
        if pages is None:
            found = BasePage.objects.public().filter(self.is_in_footer)
            pages = list(found.select_related("locale"))
        keys = {page.pk: page.translation_key for page in pages}
        live = {
            (page.translation_key, page.locale.language_code): page for page in pages if page.live
        }
        languages = (get_language(), settings.LANGUAGE_CODE)
        found = [
            next((live[key, code] for code in languages if (key, code) in live), None)
            for key in (keys.get(pk) for pk in chosen)
        ]
        return [page for page in found if page]
