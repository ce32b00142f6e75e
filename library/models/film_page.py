"""Films and recorded webinars."""

from __future__ import annotations

import mimetypes
from math import ceil
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import models
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField
from wagtailmedia.edit_handlers import MediaChooserPanel

from asflist.models import Enterprise
from core.blocks import BODY_BLOCKS
from core.enums import ContentLanguage
from core.models import BasePage, CustomDocument
from core.models.images import first_usable
from core.publishing import Lacking, PublishingGate
from core.text import format_name
from library import durations
from library.blocks import FilmChapterBlock, SpeakerBlock
from library.chapter_order import check_chapters
from library.completeness import lacking
from library.enums import AudioDescription, FilmKind
from library.film_data import as_text, video_object
from library.film_form import CaptionsForm, FilmPageForm, TrackForm, TracksPanel
from library.film_showing import film_context
from library.models.film_tracks import Captions
from library.querysets import FilmPageQuerySet
from library.transcripts import built_from, parse

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from library.models.film_series_page import FilmSeriesPage


class KindOfFilm:
    """“Film” as the class's kind; of one page “Film” or “Recorded webinar”."""

    def __get__(self, film: FilmPage | None, owner: type[FilmPage]) -> Any:
        return FilmKind.FILM.label if film is None else film.get_film_kind_display()


class FilmPage(PublishingGate, BasePage):
    """A film with captions and transcript. Its poster is the listing picture.

    It is public only when it is complete (``library.completeness``).
    """

    film_kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=FilmKind,
        default=FilmKind.FILM,
        help_text=_("A recorded webinar is a conversation that was held live."),
    )
    video = models.ForeignKey(
        "wagtailmedia.Media",
        verbose_name=_("film file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("MP4 or WebM. Leave empty if the film is on another platform."),
    )
    external_url = models.URLField(
        _("address on another platform"),
        blank=True,
        help_text=_(
            "Only for a film that we have no file of. Readers see its picture, and are told "
            "whose site it is on before anything is fetched from there."
        ),
    )
    duration = models.PositiveIntegerField(
        _("length in seconds"),
        null=True,
        blank=True,
        help_text=_(
            "How long the film is: 3 minutes and 20 seconds is 200. "
            "Leave it empty to take it from the film file."
        ),
    )
    recorded_on = models.DateField(
        _("recorded on"), null=True, blank=True, help_text=_("The day it was recorded.")
    )
    sign_language_video = models.ForeignKey(
        "wagtailmedia.Media",
        verbose_name=_("version in sign language"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The film signed in Swedish Sign Language, if it has been made."),
    )
    audio_description = models.CharField(
        _("audio description"),
        max_length=12,
        choices=AudioDescription,
        blank=True,
        help_text=_("How those who do not see the film learn what is only seen in it."),
    )
    described_video = models.ForeignKey(
        "wagtailmedia.Media",
        verbose_name=_("version with audio description"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The film once more, with a voice that tells what is seen."),
    )
    description_reason = models.TextField(
        _("reason"),
        max_length=400,
        blank=True,
        help_text=_(
            "Why no description is needed; or what is missing and why. "
            "What is missing stands in the accessibility statement until it is mended."
        ),
    )
    description_due_on = models.DateField(
        _("mended by"),
        null=True,
        blank=True,
        help_text=_("The day when what is missing is to be in place."),
    )
    slides = models.ForeignKey(
        CustomDocument,
        verbose_name=_("slides"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What was shown on the screen, as a file to download."),
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
    enterprises = ParentalManyToManyField(
        Enterprise,
        verbose_name=_("enterprises in the film"),
        blank=True,
        related_name="films",
        limit_choices_to={"locale__language_code": "sv"},
        help_text=_("The ASFs on the list that the film is from. It is shown on their pages."),
    )
    body = StreamField(
        BODY_BLOCKS,
        verbose_name=_("content"),
        blank=True,
        help_text=_("What to think about while watching, and material to have at hand."),
    )
    chapters = StreamField(
        [("chapter", FilmChapterBlock())],
        verbose_name=_("chapters"),
        blank=True,
        help_text=_("The parts of the film, in order. Readers can go straight to each."),
    )
    transcript = models.TextField(
        _("transcript"),
        blank=True,
        help_text=_(
            "All that is said, with who says it, and what one must see to understand. "
            "One paragraph for each turn: “[0:12] Supervisor: We begin at eight.” "
            "Leave it empty, and it is built from the captions when you save."
        ),
    )

    objects = PageManager.from_queryset(FilmPageQuerySet)()

    kind: Any = KindOfFilm()
    kind_plural = _("Films")
    kind_icon = "film"
    schema_type = "VideoObject"
    shown_with = ("video", "described_video", "sign_language_video", "slides")
    template = "library/film_page.html"
    parent_page_types = ["library.LibraryIndexPage", "library.FilmSeriesPage"]
    subpage_types: list[str] = []
    base_form_class = FilmPageForm
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                MediaChooserPanel("video", media_type="video"),
                FieldPanel("external_url"),
                FieldPanel("film_kind"),
                FieldPanel("duration"),
                FieldPanel("recorded_on"),
                FieldPanel("in_press_room"),
            ],
            heading=_("The film"),
        ),
        TracksPanel(
            "captions",
            form_class=CaptionsForm,
            label=_("Captions"),
            heading=_("Captions"),
            help_text=_(
                "One for each language, here on the Swedish page: translations show them too. "
                "Without captions the film shuts people out."
            ),
        ),
        TracksPanel(
            "descriptions",
            form_class=TrackForm,
            label=_("Text track with descriptions"),
            heading=_("Text tracks with descriptions"),
            help_text=_("What is seen, as text with times, for players that read it out."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("audio_description"),
                MediaChooserPanel("described_video", media_type="video"),
                FieldPanel("description_reason"),
                FieldPanel("description_due_on"),
                MediaChooserPanel("sign_language_video", media_type="video"),
            ],
            heading=_("Audio description and sign language"),
        ),
        FieldPanel("speakers"),
        FieldPanel("enterprises"),
        FieldPanel("chapters"),
        MultiFieldPanel(
            [FieldPanel("transcript"), FieldPanel("rebuild_transcript")], heading=_("Transcript")
        ),
        FieldPanel("slides"),
        FieldPanel("body"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("enterprises", overridable=False),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("transcript"),
        index.SearchField("speakers"),
        index.SearchField("body"),
    ]

    #: The code of its short address, where it has been given one; ``playable`` knows it.
    short_code: str | None = None

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")

    def lacking(self) -> Lacking:
        """Return field → what the film lacks to be public."""
        return lacking(self)

    @property
    def own_captions(self) -> Captions | None:
        """The captions in the page's own language, or None."""
        language = self.locale.language_code
        return next((row for row in self.captions.all() if row.language == language), None)

    @property
    def file_duration(self) -> int | None:
        """The length of the film file in seconds, rounded up; None where it is not known."""
        return ceil(self.video.duration) if self.video and self.video.duration else None

    def fill_in(self) -> None:
        """Take from file and captions what nobody has written: length, and transcript."""
        if self.duration is None:
            self.duration = self.file_duration
        captions = self.own_captions
        if captions and (not self.transcript.strip() or self.has_untranslated_transcript()):
            self.transcript = built_from(captions.text) or self.transcript

    def has_untranslated_transcript(self) -> bool:
        """Whether a translation's transcript is still its source's, word by word."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return False
        sources = FilmPage.objects.filter(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        return sources.filter(transcript=self.transcript).exists()

    def clean(self) -> None:
        super().clean()
        try:
            check_chapters(self.chapters, self.duration or self.file_duration)
        except ValidationError as error:
            raise ValidationError({"chapters": error}) from error

    def save(
        self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any
    ) -> Any:
        """Save with what can be filled in; raises when an incomplete film would be public."""
        if not kwargs.get("update_fields"):
            self.fill_in()
        return super().save(clean=clean, user=user, log_action=log_action, **kwargs)

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
        """The languages that have captions, in the site's order.

        ``FilmPageQuerySet.playable`` has asked already.
        """
        known = {
            code: getattr(self, f"has_captions_{code}", None) for code in ContentLanguage.values
        }
        if None in known.values():
            there = {item.language for item in self.captions.all()}
            known = {code: code in there for code in known}
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
        return super().get_context(request, *args, **kwargs) | film_context(self, request)

    def series(self) -> FilmSeriesPage | None:
        """Return the series that the film stands in, or None where visitors may see none."""
        from library.models.film_series_page import FilmSeriesPage

        above = self.path[: -self.steplen]
        return FilmSeriesPage.objects.listed().filter(path=above).first()

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the film as a schema.org ``VideoObject`` with its chapters as clips."""
        return video_object(self, request, super().structured_data(request))

    def get_searchable_text(self) -> list[str]:
        """Return what is said and who says it, beside the body."""
        return [
            *super().get_searchable_text(),
            *self.speakers.stream_block.get_searchable_content(self.speakers),
            as_text(parse(self.transcript)),
        ]
