"""The eight development areas, the site's main themes."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField


class Theme(PreviewableMixin, TranslatableMixin, models.Model):
    """A development area; pages name the source-language theme and show it in the reader's."""

    name = models.CharField(
        _("name"), max_length=60, help_text=_("The development area's name, two or three words.")
    )
    slug = models.SlugField(
        _("slug"),
        max_length=60,
        help_text=_("The word that stands in addresses, for example in the library's filter."),
    )
    summary = models.CharField(
        _("summary"),
        max_length=200,
        help_text=_("One sentence: what is the area about, and for whom?"),
    )
    icon = models.CharField(
        _("icon"),
        max_length=40,
        default="puzzle",
        help_text=_("The name of a Lucide icon, for example “puzzle” or “handshake”."),
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Lower numbers come first.")
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("summary"),
        FieldPanel("icon"),
        FieldPanel("sort_order"),
    ]
    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("summary"),
        SynchronizedField("slug"),
        SynchronizedField("icon"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("development area")
        verbose_name_plural = _("development areas")
        ordering = ["sort_order", "name"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "locale"], name="unique_theme_slug_per_locale")
        ]

    def __str__(self) -> str:
        return self.name

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "core/theme_preview.html"
