"""What press releases and debate articles have in common."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index

from asflist.places import county_choices
from campaigns.blocks import PRESS_BLOCKS
from campaigns.dates import swedish_date, swedish_today
from campaigns.enums import ChangeKind, PressKind
from core.models import BasePage, BasePageQuerySet, OrganisationSettings

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: How many other pages a press page leads to.
RELATED = 3
#: The page model of each kind, as content types name it.
MODEL_NAMES = {
    PressKind.RELEASE: "pressreleasepage",
    PressKind.DEBATE: "debatearticlepage",
}
KINDS = {model: kind for kind, model in MODEL_NAMES.items()}


class PressPageQuerySet(BasePageQuerySet):
    """Listings of the press room: both kinds in one query."""

    def of_kind(self, kind: str) -> Self:
        """Pages of one ``PressKind``."""
        return self.filter(content_type__model=MODEL_NAMES[PressKind(kind)])

    def from_year(self, year: int) -> Self:
        """Pages released or printed in ``year``."""
        return self.filter(date__year=year)

    def newest_first(self) -> Self:
        """By the day of release or print, then by when they came to the site."""
        return self.order_by("-date", "-first_published_at", "-pk")

    def with_newspaper(self) -> Self:
        """Rows with ``newspaper``: where a debate article was printed, None for a release."""
        return self.annotate(newspaper=F("debatearticlepage__newspaper"))

    def tally(self) -> list[tuple[PressKind, int, int]]:
        """Return (kind, year, number of pages) for each pair that occurs, newest year first."""
        rows = (
            self.order_by()
            .values_list("content_type__model", "date__year")
            .annotate(number=models.Count("pk"))
            .order_by("-date__year")
        )
        return [(KINDS[model], year, number) for model, year, number in rows]


class PressPage(BasePage):
    """A press release or a debate article.

    A table of its own, so that the press room, the home page and the feeds list both kinds by
    their own date in one query; ``first_published_at`` stays what it says.
    """

    date = models.DateField(
        _("date"),
        default=swedish_today,
        db_index=True,
        help_text=_("The day of release or print. The press room is in this order."),
    )
    body = StreamField(
        PRESS_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("The text itself. What is most important comes first."),
    )

    county_code = models.CharField(
        _("county"),
        max_length=2,
        choices=county_choices,
        blank=True,
        help_text=_("Where the news belongs. Empty: the whole country."),
    )
    change_kind = models.CharField(
        _("kind of change"),
        max_length=10,
        choices=ChangeKind,
        blank=True,
        help_text=_("Only when the page has been published before."),
    )
    change_note = models.TextField(
        _("what has changed"),
        max_length=400,
        blank=True,
        help_text=_("What readers should know of the change, in one or two sentences."),
    )

    objects = PageManager.from_queryset(PressPageQuerySet)()

    is_creatable = False
    kind: StrOrPromise = _("Press")
    kind_plural: StrOrPromise = _("Press")
    kind_icon = "newspaper"
    schema_type = "NewsArticle"
    parent_page_types: list[str] = []
    subpage_types: list[str] = []
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("press page")
        verbose_name_plural = _("press pages")

    @property
    def press_kind(self) -> PressKind:
        """Which kind the page is, also when it is a row of a mixed listing."""
        return KINDS[self.content_type.model]

    @property
    def released_at(self) -> datetime:
        """The moment for feeds and metadata: that of publication if it was on the page's day."""
        first = self.first_published_at
        if first and swedish_date(first) == self.date:
            return first
        return timezone.make_aware(
            datetime.combine(self.date, time.min), timezone.get_default_timezone()
        )

    @property
    def modified_at(self) -> datetime:
        """When the page was last published, and never before it was released."""
        return max(self.released_at, self.last_published_at or self.released_at)

    @property
    def changed_at(self) -> datetime | None:
        """When the page was published anew after the first time, or None."""
        first, last = self.first_published_at, self.last_published_at
        return last if first and last and last > first else None

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the page as a schema.org NewsArticle with its dates, publisher and picture."""
        organisation = {
            "@type": "Organization",
            "name": OrganisationSettings.for_request(request).name,
            "url": request.build_absolute_uri("/"),
        }
        data = super().structured_data(request) | {
            "datePublished": self.released_at.isoformat(),
            "dateModified": self.modified_at.isoformat(),
            "author": organisation,
            "publisher": organisation,
        }
        if self.share_picture and self.share_picture.share_url:
            data["image"] = request.build_absolute_uri(self.share_picture.share_url)
        return data
