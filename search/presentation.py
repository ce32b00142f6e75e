"""Hits and ways on as the pages show them: words, icons and addresses, with no query a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import get_page_models

from core.facets import Facet, FacetChoice
from core.models import BasePage
from core.navigation import LanguageLink
from core.snippets import mark, snippet
from search.enums import DOCUMENT, ENTERPRISE, EVENT, Group
from search.models import SearchEntry
from search.results import Results, in_other_languages
from search.speech import SpokenLine, spoken_lines

LIST = "enterpriseindexpage"
THEME = "themepage"
STARTING_POINTS = (LIST, "libraryindexpage", "pressroompage")


@dataclass(frozen=True)
class Row:
    """One hit; title and snippet are HTML with the hits marked."""

    title: SafeString
    url: str
    kind: str
    icon: str
    snippet: SafeString
    date: date | None
    #: The line of a film that the snippet is of; ``url`` leads to its second.
    spoken: SpokenLine | None = None


@dataclass(frozen=True)
class Link:
    """A way on, with the number of hits that it leads to where that is known."""

    title: str
    url: str
    icon: str = ""
    language: str = ""
    count: int | None = None


@cache
def page_types() -> dict[str, type[BasePage]]:
    """Return the page types by the kind that the index knows them by."""
    return {
        model._meta.model_name or "": model
        for model in get_page_models()
        if issubclass(model, BasePage)
    }


def kind_and_icon(entry: SearchEntry) -> tuple[str, str]:
    """Return what the entry is in the reader's words, and the Lucide icon for it."""
    if entry.kind == ENTERPRISE:
        return _("ASF"), "store"
    if entry.kind == DOCUMENT and entry.document:
        return _("Document (%(format)s)") % {"format": entry.document.format_name}, "file-down"
    if entry.kind == EVENT and entry.event:
        kind = _("Cancelled event") if entry.event.is_cancelled else str(entry.event.kind)
        return kind, entry.event.kind_icon
    page_type = page_types().get(entry.kind, BasePage)
    return str(page_type.kind), page_type.kind_icon


def url_of(entry: SearchEntry, request: HttpRequest) -> str:
    """Return the path of what the entry stands for; at most a query for each campaign of events."""
    if entry.page:
        return entry.page.get_url(request) or ""
    if entry.enterprise:
        return entry.enterprise.get_url(request)
    if entry.event:
        return entry.event.get_url(request)
    return entry.document.url if entry.document else ""


def as_rows(entries: Iterable[SearchEntry], results: Results, request: HttpRequest) -> list[Row]:
    """Return entries as the results page shows them; one query for what is said in films."""
    entries = list(entries)
    lines = spoken_lines(entries, results.terms, results.language)
    return [as_row(entry, results, request, lines.get(entry.page_id or 0)) for entry in entries]


def as_row(
    entry: SearchEntry, results: Results, request: HttpRequest, spoken: SpokenLine | None = None
) -> Row:
    """Return the entry as the results page shows it; the day of an enterprise says nothing."""
    kind, icon = kind_and_icon(entry)
    url = url_of(entry, request)
    text = spoken.text if spoken else entry.text
    return Row(
        title=mark(entry.title, results.terms, results.language),
        url=f"{url}{spoken.place}" if spoken else url,
        kind=kind,
        icon=icon,
        snippet=snippet(text, results.terms, results.language),
        date=None if entry.kind == ENTERPRISE else entry.date,
        spoken=spoken,
    )


def group_facet(results: Results) -> Facet:
    """Return the groups that have hits, and the chosen one even when it has none."""
    groups = [group for group in Group if group in results.counts or group == results.group]
    return Facet(
        "kind",
        _("Kind"),
        [
            FacetChoice(
                group.value, str(group.label), results.counts.get(group, 0), group == results.group
            )
            for group in groups
        ],
    )


def starting_points(language: str, request: HttpRequest, *kinds: str) -> list[Link]:
    """Return the visible pages of these kinds, kind by kind in alphabetical order; one query."""
    entries = SearchEntry.objects.visible(language).filter(kind__in=kinds).for_results()
    return [
        Link(entry.title, url_of(entry, request), kind_and_icon(entry)[1])
        for entry in sorted(entries, key=lambda entry: (kinds.index(entry.kind), entry.title))
    ]


def search_url(language: str, query: str, group: Group | None = None) -> str:
    """Return the address of a search in ``language``."""
    parameters = {"q": query} if query else {}
    if group:
        parameters["kind"] = group.value
    with override(language):
        path = reverse("search")
    return f"{path}?{urlencode(parameters)}" if parameters else path


def language_links(results: Results) -> list[LanguageLink]:
    """Return the language switch: the same search in each other language."""
    return [
        LanguageLink(code, name, search_url(code, results.query, results.group), translated=True)
        for code, name in settings.LANGUAGES
        if code != results.language
    ]


def elsewhere(results: Results) -> list[Link]:
    """Return a link for each other language in which the query finds something."""
    names = dict(settings.LANGUAGES)
    return [
        Link(
            names[other.language],
            search_url(other.language, other.query),
            language=other.language,
            count=other.total,
        )
        for other in in_other_languages(results)
    ]
