"""What the index says of a page, an enterprise, a document and an event, and keeping it so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePosixPath

from django.utils import timezone, translation
from django.utils.html import escape
from wagtail.models import Page

from asflist.models import Enterprise, Industry
from asflist.text import plain
from campaigns.dates import swedish_date
from campaigns.models import CampaignSeriesPage, Event, PressPage
from core.analysis import compose, index_words
from core.models import BasePage, CustomDocument, Theme
from search.enums import DOCUMENT, ENTERPRISE, EVENT
from search.models import SearchEntry
from search.models.entry import SUBJECTS

TEXT_LENGTH = 120_000  # characters: a thick book, and a vector that PostgreSQL has room for (1 MB)
CHUNK = 200

#: What has no content of its own to find: a series only leads to its current edition.
NEVER_FOUND = (CampaignSeriesPage,)


@dataclass
class Text:
    """What is said of one thing; plain text, save that the body may be HTML too."""

    title: str
    #: Shown in the snippet, and weighs more than the body.
    introduction: str = ""
    #: Weighs as much, and is never shown: tags, themes, places.
    keywords: Iterable[str] = field(default_factory=list)
    body: Iterable[str] = field(default_factory=list)

    def fill(self, entry: SearchEntry) -> SearchEntry:
        """Write the texts and their tokens into ``entry``, in the entry's language."""
        introduction = compose(self.introduction)
        body = compose(" ".join(plain(str(part)) for part in self.body))[:TEXT_LENGTH]
        lead = f"{introduction} {' '.join(self.keywords)}"
        entry.title = compose(self.title)[:255]
        entry.text = f"{introduction} {body}".strip()
        entry.title_words = index_words(entry.title, entry.language)
        entry.lead_words = index_words(compose(lead), entry.language)
        entry.body_words = index_words(body, entry.language)
        return entry


def local_day(moment: datetime | None) -> date | None:
    """Return the day of ``moment`` in the site's time zone."""
    return timezone.localdate(moment) if moment else None


def day_of(page: BasePage) -> date | None:
    """Return the day that readers know the page by: a press page's own, else its first."""
    return page.date if isinstance(page, PressPage) else local_day(page.first_published_at)


def theme_names(page: BasePage) -> list[str]:
    """Return the names of the page's development areas in the page's language."""
    keys = [theme.translation_key for theme in page.themes.all()]
    if not keys:
        return []
    themes = Theme.objects.filter(translation_key__in=keys, locale=page.locale_id)
    return list(themes.values_list("name", flat=True))


def page_entry(page: Page) -> SearchEntry | None:
    """Return the entry for a page as the database has it, or None for what is never found.

    An alias in another language holds the text of the language it was made from.
    """
    specific = page.specific
    if not isinstance(specific, BasePage) or isinstance(specific, NEVER_FOUND):
        return None
    if specific.alias_of_id and specific.alias_of.locale_id != specific.locale_id:
        return None
    language = specific.locale.language_code
    entry = SearchEntry(
        page_id=specific.pk,
        language=language,
        kind=specific._meta.model_name or "",
        date=day_of(specific),
    )
    with translation.override(language):
        return Text(
            title=specific.title,
            introduction=specific.introduction,
            keywords=[specific.search_description, *specific.tags.names(), *theme_names(specific)],
            body=specific.get_searchable_text(),
        ).fill(entry)


def enterprise_entry(enterprise: Enterprise) -> SearchEntry:
    """Return the entry for an enterprise; what buyers can order counts as its body."""
    language = enterprise.locale.language_code
    entry = SearchEntry(
        enterprise_id=enterprise.pk,
        language=language,
        kind=ENTERPRISE,
        date=local_day(enterprise.first_published_at),
    )
    with translation.override(language):
        return Text(
            title=enterprise.name,
            introduction=enterprise.summary,
            keywords=enterprise.tags.names(),
            body=enterprise.get_searchable_text(),
        ).fill(entry)


def document_entry(document: CustomDocument) -> SearchEntry:
    """Return the entry for a document, in the language that the file is written in."""
    entry = SearchEntry(
        document_id=document.pk,
        language=document.language,
        kind=DOCUMENT,
        date=local_day(document.created_at),
    )
    name = PurePosixPath(document.file.name).name.replace("_", " ")
    return Text(
        title=document.title,
        keywords=[name, *document.tags.names()],
        body=[escape(document.text)],  # It is no HTML, and may well hold “<”.
    ).fill(entry)


def industry_name(event: Event) -> str:
    """Return the event's industry in the event's language, an empty string without one."""
    if event.industry is None:
        return ""
    names = Industry.objects.filter(
        translation_key=event.industry.translation_key, locale__language_code=event.text_language
    )
    return names.values_list("name", flat=True).first() or ""


def event_entry(event: Event) -> SearchEntry:
    """Return the entry for an event, in the language of its text; where it is counts as much.

    Its date is its first day, so that of hits that are as good the latest comes first.
    """
    times = event.ordered_times()
    entry = SearchEntry(
        event_id=event.pk,
        language=event.text_language,
        kind=EVENT,
        date=swedish_date(times[0].starts_at) if times else None,
    )
    with translation.override(event.text_language):
        municipality, county = event.municipality, event.county
        return Text(
            title=event.title,
            introduction=f"{event.host}. {event.description}",
            keywords=[
                municipality.name if municipality else "",
                county.name if county else "",
                industry_name(event),
                *event.access_facts,
            ],
            body=[event.venue, event.public_transport, event.access_note, *event.spoken_languages],
        ).fill(entry)


def store(entries: Iterable[SearchEntry], subject: str) -> None:
    """Write entries over those that the same subjects have; one query."""
    SearchEntry.objects.bulk_create(
        entries,
        update_conflicts=True,
        unique_fields=[subject],
        update_fields=[
            "language",
            "kind",
            "title",
            "text",
            "date",
            "title_words",
            "lead_words",
            "body_words",
        ],
    )


def index_page(pk: int) -> None:
    """Bring the index up to date with a page that visitors see."""
    page = Page.objects.filter(pk=pk, live=True).first()
    entry = page_entry(page) if page else None
    if entry:
        store([entry], "page")
    else:
        SearchEntry.objects.filter(page=pk).delete()


def index_enterprise(pk: int) -> None:
    """Bring the index up to date with an enterprise on the list."""
    enterprise = Enterprise.objects.filter(pk=pk, live=True).select_related("locale").first()
    if enterprise:
        store([enterprise_entry(enterprise)], "enterprise")
    else:
        SearchEntry.objects.filter(enterprise=pk).delete()


def index_document(pk: int) -> None:
    """Bring the index up to date with a document, whether anything public refers to it or not."""
    document = CustomDocument.objects.defer(None).filter(pk=pk).first()
    if document:
        store([document_entry(document)], "document")


def index_event(pk: int) -> None:
    """Bring the index up to date with an approved event."""
    event = Event.objects.filter(pk=pk, live=True).select_related("industry").first()
    if event:
        store([event_entry(event)], "event")
    else:
        SearchEntry.objects.filter(event=pk).delete()


def rebuild() -> dict[str, int]:
    """Make every entry anew and drop those without a subject; return the number per subject.

    The index stays whole for readers meanwhile: entries are written over, never emptied first.
    """
    made = {
        "page": all_page_entries(),
        "enterprise": map(
            enterprise_entry,
            Enterprise.objects.filter(live=True).select_related("locale").iterator(CHUNK),
        ),
        "document": map(document_entry, CustomDocument.objects.defer(None).iterator(CHUNK)),
        "event": map(
            event_entry,
            Event.objects.filter(live=True)
            .select_related("industry")
            .prefetch_related("times")
            .iterator(CHUNK),
        ),
    }
    counts = {}
    for subject in SUBJECTS:
        kept: set[int] = set()
        for chunk in chunks(made[subject]):
            store(chunk, subject)
            kept.update(getattr(entry, f"{subject}_id") for entry in chunk)
        known = SearchEntry.objects.filter(**{f"{subject}__isnull": False})
        rows = known.values_list("pk", f"{subject}_id")
        stale = [pk for pk, subject_id in rows if subject_id not in kept]
        SearchEntry.objects.filter(pk__in=stale).delete()
        counts[subject] = len(kept)
    return counts


def all_page_entries() -> Iterator[SearchEntry]:
    """Yield the entry of every live page."""
    for page in BasePage.objects.live().specific().iterator(CHUNK):
        if entry := page_entry(page):
            yield entry


def chunks(entries: Iterable[SearchEntry]) -> Iterator[list[SearchEntry]]:
    """Yield the entries a few hundred at a time."""
    chunk: list[SearchEntry] = []
    for entry in entries:
        chunk.append(entry)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
