"""Films and recorded webinars."""

from __future__ import annotations

import mimetypes
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, PageManager
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index
from wagtailmedia.edit_handlers import MediaChooserPanel

from core.blocks import BODY_BLOCKS
from core.enums import ContentLanguage
from core.models import BasePage
from core.models.images import first_usable
from core.text import format_name
from library import durations
from library.blocks import SpeakerBlock
from library.captions import check_vtt, normalise
from library.enums import FilmKind, FilmSeries
from library.querysets import FilmPageQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

TRANSCRIPT_FEATURES = ["h2", "h3", "bold", "italic", "ul", "link"]


class KindOfFilm:
    """“Film” as the class's kind; of one page “Film” or “Recorded webinar”."""

    def __get__(self, film: FilmPage | None, owner: type[FilmPage]) -> Any:
        return FilmKind.FILM.label if film is None else film.get_film_kind_display()


class FilmPage(BasePage):
    """A film with captions and transcript. Its poster is the listing picture."""

    film_kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=FilmKind,
        default=FilmKind.FILM,
        help_text=_("A recorded webinar is a conversation that was held live."),
    )
    series = models.CharField(
        _("series"),
        max_length=20,
        choices=FilmSeries,
        default=FilmSeries.OTHER,
        help_text=_("The series it belongs to. Films of a series lead to one another."),
    )
    video = models.ForeignKey(
        "wagtailmedia.Media",
        verbose_name=_("film file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("MP4 or WebM. Without a file the page says so and shows the transcript."),
    )
    duration = models.PositiveIntegerField(
        _("length in seconds"),
        null=True,
        blank=True,
        help_text=_("How long the film is: 3 minutes and 20 seconds is 200."),
    )
    recorded_on = models.DateField(
        _("recorded on"), null=True, blank=True, help_text=_("The day it was recorded.")
    )
    in_press_room = models.BooleanField(
        _("show in the press room"),
        default=False,
        help_text=_("The film stands among the news for the press, by the day it was recorded."),
    )
    speakers = StreamField(
        [("speaker", SpeakerBlock())],
        verbose_name=_("speakers"),
        blank=True,
        help_text=_("Those who are heard, in the order they speak."),
    )
    body = StreamField(
        BODY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("What to think about while watching, and material to have at hand."),
    )
    transcript = RichTextField(
        _("transcript"),
        features=TRANSCRIPT_FEATURES,
        blank=True,
        help_text=_(
            "All that is said, with who says it, and what one must see to understand. "
            "It is for those who cannot or do not want to watch."
        ),
    )

    objects = PageManager.from_queryset(FilmPageQuerySet)()

    kind: Any = KindOfFilm()
    kind_plural = _("Films")
    kind_icon = "film"
    schema_type = "VideoObject"
    template = "library/film_page.html"
    parent_page_types = ["library.LibraryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                MediaChooserPanel("video", media_type="video"),
                FieldPanel("film_kind"),
                FieldPanel("series"),
                FieldPanel("duration"),
                FieldPanel("recorded_on"),
                FieldPanel("in_press_room"),
            ],
            heading=_("The film"),
        ),
        InlinePanel(
            "captions",
            label=_("Captions"),
            heading=_("Captions"),
            help_text=_("One for each language. Without captions the film shuts people out."),
        ),
        FieldPanel("speakers"),
        FieldPanel("transcript"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("transcript"),
        index.SearchField("speakers"),
        index.SearchField("body"),
    ]

    #: Language code → the film's version that visitors may see; a body's films have it fetched.
    public_versions: dict[str, FilmPage] | None = None

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")

    @property
    def card_kind(self) -> StrOrPromise:
        return self.kind

    @property
    def length(self) -> str:
        """How long the film is, as readers write it (“3 min 20 s”), or an empty string."""
        return durations.spoken(self.duration) if self.duration else ""

    @property
    def poster_url(self) -> str:
        """The address of the picture that stands for the film, or an empty string."""
        image = first_usable(self.listing_image)
        poster = image.pictures.get("wide") if image else None
        return default_storage.url(poster["webp"][-1]["name"]) if poster else ""

    @property
    def video_type(self) -> str:
        """The film file's media type, for example ``"video/mp4"``."""
        name = self.video.file.name if self.video else ""
        return mimetypes.guess_type(name)[0] or "application/octet-stream"

    @property
    def video_format(self) -> str:
        """The film file's format as readers know it, for example ``"MP4"``."""
        return format_name(self.video.file.name) if self.video else ""

    @cached_property
    def video_size(self) -> int | None:
        """The film file's size in bytes, or None when there is no such file."""
        try:
            return self.video.file.size if self.video else None
        except OSError:
            return None

    @property
    def caption_languages(self) -> list[str]:
        """The languages that have captions; ``FilmPageQuerySet.playable`` has asked already."""
        known = {
            code: getattr(self, f"has_captions_{code}", None) for code in ContentLanguage.values
        }
        if None in known.values():
            return [item.language for item in self.captions.all()]
        return [code for code, there_are in known.items() if there_are]

    @cached_property
    def tracks(self) -> list[dict[str, Any]]:
        """The captions for the player: address, language, its name, if shown at first."""
        own_names = dict(settings.LANGUAGES)
        languages = self.caption_languages
        default = get_language() if get_language() in languages else next(iter(languages), None)
        return [
            {
                "url": f"{self.url}captions/{language}.vtt",
                "language": language,
                "label": own_names[language],
                "default": language == default,
            }
            for language in languages
            if self.url
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        series: list[FilmPage] = []
        if self.series != FilmSeries.OTHER:
            series = list(
                FilmPage.objects.live()
                .public()
                .filter(locale=self.locale_id)
                .in_series(self.series)
                .defer("body", "transcript", "speakers")
            )
        return context | {"series_films": series if len(series) > 1 else []}

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the film as a schema.org ``VideoObject``; without a file it is a ``WebPage``."""
        data = super().structured_data(request)
        if not self.video:
            return data | {"@type": "WebPage"}
        data["contentUrl"] = request.build_absolute_uri(self.video.url)
        data["encodingFormat"] = self.video_type
        if self.poster_url:
            data["thumbnailUrl"] = request.build_absolute_uri(self.poster_url)
        if self.recorded_on:
            data["uploadDate"] = self.recorded_on.isoformat()
        elif self.first_published_at:
            data["uploadDate"] = self.first_published_at.isoformat()
        if self.duration:
            data["duration"] = durations.iso(self.duration)
        if self.transcript:
            data["transcript"] = get_text_for_indexing(self.transcript)
        return data

    def get_searchable_text(self) -> list[str]:
        """Return what is said and who says it, beside the body."""
        return [
            *super().get_searchable_text(),
            *self.speakers.stream_block.get_searchable_content(self.speakers),
            get_text_for_indexing(self.transcript),
        ]


class Captions(Orderable):
    """A film's captions in one language, as WebVTT."""

    film = ParentalKey(FilmPage, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=ContentLanguage,
        default=ContentLanguage.SWEDISH,
        help_text=_("The language of the captions. One row for each language."),
    )
    text = models.TextField(
        _("captions (WebVTT)"),
        help_text=_(
            "Paste the whole file. The first line is WEBVTT, then for each caption an empty line, "
            "the times (00:00:01.000 --> 00:00:04.000) and the words. It is checked when you save."
        ),
    )

    panels = [FieldPanel("language"), FieldPanel("text")]

    class Meta(Orderable.Meta):
        verbose_name = _("captions")
        verbose_name_plural = _("captions")
        constraints = [
            models.UniqueConstraint(
                fields=["film", "language"],
                name="unique_captions_language_per_film",
                violation_error_message=_("There are captions in this language already."),
            )
        ]

    def __str__(self) -> str:
        return self.get_language_display()

    def clean_fields(self, exclude: Any = None) -> None:
        """Keep the text with plain line ends, and refuse what a player could not read."""
        self.text = normalise(self.text)
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        super().clean()
        check_vtt(self.text)
