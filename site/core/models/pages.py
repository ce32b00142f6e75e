"""The page that every page type builds on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Left, Length
from django.db.models.lookups import Exact
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from multiselectfield import MultiSelectField
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.models import Page, PageManager, PageViewRestriction
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from core.enums import Audience
from core.models.consent import Consent, ConsentQuerySet
from core.models.images import CustomImage, first_usable
from core.models.themes import Theme
from core.panels import ReadabilityPanel

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def restrictions_covering(path: str) -> QuerySet[PageViewRestriction]:
    """Return the view restrictions on the outer query's page at ``path`` or on a page above it.

    An alias has its source's restrictions, too.
    """
    outer = OuterRef(path)
    on_the_way = Exact(Left(outer, Length("page__path")), F("page__path"))
    on_the_source = Exact(Left(outer, Length("page__aliases__path")), F("page__aliases__path"))
    return PageViewRestriction.objects.filter(on_the_way | on_the_source)


class BasePageQuerySet(ConsentQuerySet, PageQuerySet):
    """What every listing of pages asks for."""

    def public(self) -> Self:
        """Pages under no view restriction and with consent, asked within the query."""
        return self.usable().filter(~Exists(restrictions_covering("path")))

    def listed(self) -> Self:
        """Live, public pages with what a card shows, in one query."""
        return self.live().public().select_related("listing_image", "content_type", "locale")

    def in_active_language(self) -> Self:
        """Pages in the reader's language."""
        return self.filter(locale__language_code=get_language())

    def on_theme(self, slug: str) -> Self:
        """Pages on the development area with this slug."""
        return self.filter(themes__slug=slug)

    def for_audience(self, audience: str) -> Self:
        """Pages written for this audience."""
        return self.filter(audience__contains=audience)

    def newest_first(self) -> Self:
        """By the day they were first published."""
        return self.order_by("-first_published_at", "-pk")


class PageTag(TaggedItemBase):
    """A tag on a page of any type."""

    content_object = ParentalKey(
        "core.BasePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class BasePage(Consent, Page):
    """A page with introduction, themes, tags, audience, and listing and share pictures.

    It is a table of its own (multi-table inheritance), so that a listing of mixed kinds is one
    query and its facets are plain filters.
    """

    introduction = models.TextField(
        _("introduction"),
        max_length=320,
        blank=True,
        help_text=_(
            "One or two sentences that say what the page gives the reader. Shown in large type."
        ),
    )
    themes = ParentalManyToManyField(
        Theme,
        verbose_name=_("development areas"),
        blank=True,
        related_name="pages",
        limit_choices_to={"locale__language_code": "sv"},
        help_text=_("The areas that the page belongs to. It is gathered on their pages."),
    )
    tags = ClusterTaggableManager(
        through=PageTag,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("A few words, with commas between, that tie pages on the same thing together."),
    )
    audience = MultiSelectField(
        _("audience"),
        choices=Audience.choices,
        max_length=40,
        blank=True,
        help_text=_("Who is the page written for? It is used in the library's filter."),
    )
    listing_image = models.ForeignKey(
        CustomImage,
        verbose_name=_("listing picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The picture on cards that lead here, and at the top of the page."),
    )
    listing_text = models.CharField(
        _("listing text"),
        max_length=160,
        blank=True,
        help_text=_("What cards say about the page. Leave empty to use the introduction."),
    )
    share_image = models.ForeignKey(
        CustomImage,
        verbose_name=_("share picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "The picture shown when someone shares the page. Leave empty for the listing picture."
        ),
    )

    easy_read_of = models.ForeignKey(
        "self",
        verbose_name=_("easy-to-read version of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="easy_read_versions",
        help_text=_(
            "Only when this page says in easy words what another page says. "
            "The two lead to one another."
        ),
    )

    #: About how many minutes it takes to read or watch; None where nobody has counted.
    minutes = models.PositiveSmallIntegerField(null=True, editable=False)

    objects = PageManager.from_queryset(BasePageQuerySet)()

    is_creatable = False
    #: What routing has learnt on its way to the page, so that it need not be asked again.
    #: ``known_relatives``: rows among which ``core.easy_read`` finds the page's other version.
    known_unrestricted = False
    known_translations: list[Page] | None = None
    known_relatives: list[Page] | None = None
    #: Language code → the page's version that visitors may see, where a body's block fetched it.
    public_versions: dict[str, Any] | None = None
    #: The kind of page in the reader's words, singular and plural, and the Lucide icon for it.
    kind: StrOrPromise = _("Page")
    kind_plural: StrOrPromise = _("Pages")
    kind_icon = "file-text"
    #: The schema.org type of the page.
    schema_type = "WebPage"

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    promote_panels = [
        MultiFieldPanel(
            [
                FieldPanel("themes"),
                FieldPanel("tags"),
                FieldPanel("audience"),
                PageChooserPanel("easy_read_of", "core.BasePage"),
                ReadabilityPanel(),
            ],
            heading=_("Where it belongs"),
        ),
        MultiFieldPanel(
            [FieldPanel("listing_image"), FieldPanel("listing_text"), FieldPanel("share_image")],
            heading=_("On cards and when shared"),
        ),
        *Page.promote_panels,
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    override_translatable_fields = [
        SynchronizedField("themes"),
        SynchronizedField("audience"),
        SynchronizedField("easy_read_of"),
    ]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def clean(self) -> None:
        super().clean()
        full = self.easy_read_of
        if full is None:
            return
        if full.translation_key == self.translation_key:
            message = _("A page cannot be the easy-to-read version of itself.")
        elif full.easy_read_of_id:
            message = _("That page is an easy-to-read version itself. Choose the full version.")
        elif self.pk and self.easy_read_versions.exists():
            message = _("This page has an easy-to-read version, so it cannot be one.")
        else:
            return
        raise ValidationError({"easy_read_of": message})

    @property
    def is_shown(self) -> bool:
        """Whether the page is live, and nobody in it has said yes only until an earlier day."""
        return bool(self.live) and not self.is_expired

    @property
    def summary(self) -> str:
        """What a card says: the listing text, else the introduction cut at 160 characters."""
        return self.listing_text or Truncator(self.introduction).chars(160)

    @property
    def description(self) -> str:
        """The page's meta description."""
        return self.search_description or Truncator(self.introduction).chars(155)

    @property
    def share_picture(self) -> CustomImage | None:
        """The picture that stands for the page when it is shared."""
        return first_usable(self.share_image, self.listing_image)

    @property
    def card_kind(self) -> StrOrPromise:
        """What kind the page is, known also where a listing has fetched only the common part."""
        return (self.specific_class or type(self)).kind

    @property
    def card_icon(self) -> str:
        """The Lucide icon of the page's kind."""
        return (self.specific_class or type(self)).kind_icon

    @property
    def localized_themes(self) -> list[Theme]:
        """The page's development areas, named in the reader's language; one query."""
        chosen = self.themes.all()
        language = get_language()
        if language == settings.LANGUAGE_CODE:
            return list(chosen)
        # What an editor has chosen and not saved is no queryset, and has been fetched already.
        keys = (
            chosen.order_by().values_list("translation_key", flat=True)
            if isinstance(chosen, QuerySet)
            else [theme.translation_key for theme in chosen]
        )
        rows = Theme.objects.filter(
            translation_key__in=keys, locale__language_code__in=(settings.LANGUAGE_CODE, language)
        ).select_related("locale")
        # The source's order holds in every language.
        named: dict[Any, Theme] = {}
        for theme in sorted(rows, key=lambda row: row.locale.language_code == language):
            named[theme.translation_key] = theme
        return list(named.values())

    @cached_property
    def date_modified(self) -> Any:
        """When visitors last saw the page change, or None before it is published."""
        return self.last_published_at

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Return the restrictions on the page and all above it; none if routing found none."""
        if self.known_unrestricted:
            return PageViewRestriction.objects.none()
        way = [self.path[:end] for end in range(self.steplen, len(self.path) + 1, self.steplen)]
        return PageViewRestriction.objects.filter(
            Q(page__path__in=way) | Q(page__aliases__path__in=way)
        ).distinct()

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the page as schema.org JSON-LD (https://schema.org/docs/gs.html)."""
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": self.schema_type,
            "name": self.title,
            "headline": self.title,
            "description": self.description,
            "url": self.get_full_url(request),
            "inLanguage": self.locale.language_code,
        }
        if self.first_published_at:
            data["datePublished"] = self.first_published_at.isoformat()
        if self.date_modified:
            data["dateModified"] = self.date_modified.isoformat()
        return data

    def get_readable_text(self) -> list[str]:
        """Return the running texts whose readability editors are told."""
        return [self.introduction, *self.get_searchable_text()]

    def get_searchable_text(self) -> list[str]:
        """Return the texts beyond title and introduction that the site's search covers."""
        body = getattr(self, "body", None)
        return body.stream_block.get_searchable_content(body) if body else []

    def related_pages(self) -> BasePageQuerySet:
        """Return other pages in the same language that share a theme or a tag, newest first."""
        same_theme = BasePage.themes.through.objects.filter(theme__pages=self.pk)
        own_tags = PageTag.objects.filter(content_object=self.pk).values("tag")
        same_tag = PageTag.objects.filter(tag__in=own_tags)
        return (
            BasePage.objects.listed()
            .filter(
                Q(pk__in=same_theme.values("basepage"))
                | Q(pk__in=same_tag.values("content_object")),
                locale=self.locale_id,
            )
            .exclude(pk=self.pk)
            .newest_first()
        )
