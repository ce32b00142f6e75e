"""The media bank in the admin."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, LocaleColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from campaigns.enums import MediaKind
from campaigns.models import MediaBankItem
from core.enums import Licence
from core.models import CustomImage, Theme

CONSENTS = {
    "ended": _("Has ended"),
    "soon": _("Ends within 30 days"),
    "holds": _("Holds"),
}


def source_themes(request: HttpRequest) -> QuerySet[Theme]:
    """Return the development areas that items belong to: the Swedish ones."""
    return Theme.objects.filter(locale__language_code="sv")


class MediaBankFilterSet(WagtailFilterSet):
    """Kind, licence, consent and development area."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=MediaKind.choices, method="filter_kind"
    )
    licence = django_filters.ChoiceFilter(
        label=_("Licence"), choices=Licence.choices, method="filter_licence"
    )
    consent = django_filters.ChoiceFilter(
        label=_("Consent"), choices=list(CONSENTS.items()), method="filter_consent"
    )
    themes = django_filters.ModelChoiceFilter(label=_("Development area"), queryset=source_themes)

    class Meta:
        model = MediaBankItem
        fields: list[str] = []

    def filter_kind(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the pictures, or the films."""
        return rows.filter(film__isnull=value == MediaKind.PICTURE)

    def filter_licence(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep what has this licence, on the picture or as a film."""
        return rows.filter(image__licence=value) | rows.filter(film_licence=value)

    def filter_consent(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the pictures whose consent is in this state."""
        images = CustomImage.objects.all()
        if value == "ended":
            return rows.filter(image__in=images.expired())
        if value == "soon":
            return rows.filter(image__in=images.expiring())
        return rows.filter(image__in=images.usable())


class ThumbnailColumn(BaseColumn):
    """The picture, or the film's poster, small."""

    cell_template_name = "campaigns/admin/thumbnail_cell.html"


class MediaBankItemViewSet(SnippetViewSet):
    """Press pictures and films, the newest first."""

    model = MediaBankItem
    icon = "image"
    menu_label = _("Media bank")
    list_display = [
        "title",
        ThumbnailColumn("thumbnail", label=_("Picture")),
        Column("credit", label=_("Credit")),
        Column("licence", label=_("Licence"), accessor="licence.label"),
        Column("consent", label=_("Consent"), accessor="image.consent_in_words"),
        LocaleColumn(),
    ]
    filterset_class = MediaBankFilterSet
    ordering = ["-created_at", "-pk"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[MediaBankItem]:
        """Return every item with what a row shows, in one query."""
        return MediaBankItem.objects.select_related("image", "film__listing_image", "locale")
