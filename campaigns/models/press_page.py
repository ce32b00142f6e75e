"""What press releases and debate articles have in common."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager, Revision
from wagtail.search import index
from wagtail_localize.fields import BaseTranslatableField

from asflist.places import counties_by_code, county_choices
from campaigns.blocks import PRESS_BLOCKS
from campaigns.dates import moment_of, swedish_today
from campaigns.enums import ChangeKind
from campaigns.models.press_change import PressChange
from campaigns.press import changes, embargo
from campaigns.press.page_form import PressPageForm
from core.models import BasePage, BasePageQuerySet, OrganisationSettings

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

#: How many other pages a press page leads to.
RELATED = 3


class PressPageQuerySet(BasePageQuerySet):
    """Listings of the press room: both kinds in one query."""

    def listed(self) -> Self:
        """Live, public pages with what a card shows and when readers were last told of a change."""
        newest = PressChange.objects.filter(page=OuterRef("pk")).values("made_at")[:1]
        return super().listed().annotate(told_at=Subquery(newest))

    def newest_first(self) -> Self:
        """By the day of release or print, then by when they came to the site."""
        return self.order_by("-date", "-first_published_at", "-pk")


class OwnField(BaseTranslatableField):
    """A field that each translation has its own value of: neither copied nor translated."""


class ChangePanel(MultiFieldPanel):
    """What has changed, asked for once the page has been public."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        """The panel of one page."""

        def is_shown(self) -> bool:
            return bool(self.instance.first_published_at) and super().is_shown()


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
    base_form_class = PressPageForm
    #: What press pages of both kinds end with in the admin.
    last_panels = [
        FieldPanel("county_code"),
        ChangePanel(
            [FieldPanel("change_kind"), FieldPanel("change_note")],
            heading=_("What has changed"),
            help_text=_(
                "The page has been public. Say what kind of change you make before you publish it."
            ),
        ),
    ]
    #: A copy, also one to translate, has its own history and asks for no moment of its own.
    exclude_fields_in_copy = ["change_kind", "change_note", "go_live_at"]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        OwnField("change_kind"),
        OwnField("change_note"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("press page")
        verbose_name_plural = _("press pages")

    @property
    def county(self) -> str:
        """The county's name in the reader's language, or an empty string."""
        county = counties_by_code().get(self.county_code)
        return county.name if county else ""

    @property
    def released_at(self) -> datetime:
        """The moment for feeds and metadata: that of publication if it was on the page's day."""
        return moment_of(self.date, self.first_published_at)

    @cached_property
    def history(self) -> list[PressChange]:
        """What readers have been told of changes, newest first."""
        return list(self.changes.all()) if self.pk else []

    @property
    def corrections(self) -> list[PressChange]:
        """The corrections among the changes, newest first."""
        return [change for change in self.history if change.number]

    @property
    def changed_at(self) -> datetime | None:
        """When readers were last told of a change, or None; minor changes do not count."""
        if "told_at" in self.__dict__:  # a row of ``listed``
            told_at: datetime | None = self.__dict__["told_at"]
            return told_at
        return self.history[0].made_at if self.history else None

    @property
    def modified_at(self) -> datetime:
        """When the page was released, or last changed in a way that readers were told of."""
        return max(self.released_at, self.changed_at or self.released_at)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "corrections": self.corrections,
            "changes": self.history,
            "related": self.related_pages()[:RELATED],
        }

    def save(
        self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any
    ) -> Any:
        """Save; tell of the change when a new version is put before readers.

        Raises ``ValidationError`` for a translation that would be public before its source.
        """
        if kwargs.get("update_fields") or not self.pk:
            return super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        with transaction.atomic():
            stored = PressPage.objects.select_for_update().get(pk=self.pk)
            if self.live and not (stored.live and stored.live_revision_id == self.live_revision_id):
                embargo.refuse_before_source(self)
            replacement = changes.replacement_by(self, stored)
            result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
            if replacement:
                changes.tell(self, replacement)
        return result

    def publish(
        self,
        revision: Revision,
        user: Any = None,
        changed: bool = True,
        log_action: Any = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish or schedule ``revision``; a translation waits for its source (``embargo``)."""
        # What Wagtail's own method does, with another moment.
        action = PublishPageRevisionAction(
            revision,
            user=user,
            changed=changed,
            log_action=log_action,
            previous_revision=previous_revision,
        )
        action.object.go_live_at = embargo.moment_for(self, action.object.go_live_at)
        action.execute(skip_permission_checks=skip_permission_checks)

    def update_aliases(self, **kwargs: Any) -> None:
        """Let the aliases follow the page; not when it has only been scheduled.

        Wagtail would put them on the site at once.
        """
        if self.live:
            super().update_aliases(**kwargs)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the page as schema.org NewsArticle, with what search engines ask of one.

        https://developers.google.com/search/docs/appearance/structured-data/article: a headline of
        at most 110 characters, picture, dates, author, and publisher with a logo.
        """
        organisation = {
            "@type": "Organization",
            "name": OrganisationSettings.for_request(request).name,
            "url": request.build_absolute_uri("/"),
            "logo": {
                "@type": "ImageObject",
                "url": request.build_absolute_uri(static("apple-touch-icon.png")),
            },
        }
        picture = self.share_picture.share_url if self.share_picture else ""
        data = super().structured_data(request) | {
            "headline": Truncator(self.title).chars(110),
            "image": request.build_absolute_uri(picture or static("img/share-default.png")),
            "datePublished": self.released_at.isoformat(),
            "dateModified": self.modified_at.isoformat(),
            "author": organisation,
            "publisher": organisation,
        }
        if self.corrections:
            data["correction"] = [
                {
                    "@type": "CorrectionComment",
                    "text": correction.note,
                    "datePublished": correction.made_at.isoformat(),
                }
                for correction in self.corrections
            ]
        return data
