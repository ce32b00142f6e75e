"""The media bank: what there is to take, by kind, theme and tag, and a selection as one zip."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.files.storage import default_storage
from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from asflist.listing import ChosenFilter
from campaigns.enums import MediaKind
from campaigns.models import MediaBankItem, MediaBankPage
from campaigns.press.listing import theme_names
from core.archives import unique_names, zip_response
from core.dates import swedish_today
from core.facets import Facet, FacetChoice
from library.models import FilmPage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PER_PAGE = 24
#: The most that one zip holds, and how large its files may be together, in bytes.
MOST_FILES = 50
MOST_BYTES = 500 * 1024 * 1024
LEGENDS = {"kind": _("Kind"), "theme": _("Development area"), "tag": _("Tag")}
#: Why there was no zip, as the page's address says it, and what readers are told.
PROBLEMS = {
    "nothing": _("You have not chosen anything. Tick at least one picture or film."),
    "many": _("You have chosen too much. One zip can hold 50 files."),
    "large": _("What you have chosen is larger than 500 MB. Choose fewer films."),
}

LOOKS_LIKE_ID = re.compile("[0-9]{1,15}")
#: A fact that items are filtered by: the filter's name and the value.
Fact = tuple[str, str]


class MediaBank:
    """What there is in the bank for one request; four queries, and two for a page of it."""

    def __init__(self, request: HttpRequest) -> None:
        self.path = request.path
        self.labels: dict[str, dict[str, StrOrPromise]] = {
            "kind": dict(MediaKind.choices),
            "theme": dict(theme_names()),
            "tag": {},
        }
        self.facts: dict[int, set[Fact]] = {}
        everything = MediaBankItem.objects.takeable().in_reader_language()
        for pk, image, theme in everything.values_list("pk", "image", "themes__slug"):
            kind = MediaKind.PICTURE if image else MediaKind.FILM
            self.facts.setdefault(pk, set()).update({("kind", kind.value), ("theme", theme)})
        for pk, slug, name in (
            everything.exclude(tags=None)
            .order_by("tags__name")
            .values_list("pk", "tags__slug", "tags__name")
        ):
            self.facts[pk].add(("tag", slug))
            self.labels["tag"][slug] = name
        asked = {name: request.GET.get(name, "").strip() for name in LEGENDS}
        self.chosen = {name: value for name, value in asked.items() if value in self.labels[name]}
        self.found = self.matching(self.chosen)
        self.page: Slice[int] = Paginator(self.found, PER_PAGE).get_page(request.GET.get("page"))
        self.picked = picked_ids(request)
        self.problem = PROBLEMS.get(request.GET.get("problem", ""), "")

    def matching(self, chosen: Mapping[str, str]) -> list[int]:
        """Return the ids of the items that have all that is chosen, the newest first."""
        wanted = set(chosen.items())
        return [pk for pk, facts in self.facts.items() if wanted <= facts]

    @cached_property
    def items(self) -> list[MediaBankItem]:
        """The items of the page of the list that is asked for."""
        rows = MediaBankItem.objects.filter(pk__in=list(self.page))
        return with_films(rows.select_related("image", "locale"))

    @property
    def facets(self) -> list[Facet]:
        """The filters, each choice with what it gives under the others; no query."""
        return [
            Facet(
                name,
                str(legend),
                [
                    FacetChoice(
                        value,
                        str(label),
                        len(self.matching({**self.chosen, name: value})),
                        selected=self.chosen.get(name) == value,
                    )
                    for value, label in self.labels[name].items()
                    if any((name, value) in facts for facts in self.facts.values())
                ],
            )
            for name, legend in LEGENDS.items()
        ]

    @property
    def removable(self) -> list[ChosenFilter]:
        """Each filter in use with the address without it, and what that gives if nothing is hit."""
        filters = []
        for name, value in self.chosen.items():
            others = {key: other for key, other in self.chosen.items() if key != name}
            query = f"?{urlencode(others)}" if others else ""
            number = None if self.found else len(self.matching(others))
            filters.append(
                ChosenFilter(str(self.labels[name][value]), f"{self.path}{query}", number)
            )
        return filters


def media_bank_context(request: HttpRequest) -> dict[str, Any]:
    """Return what the media bank's page shows."""
    bank = MediaBank(request)
    return {"bank": bank, "page_obj": bank.page}


def picked_ids(request: HttpRequest) -> set[int]:
    """Return the ids of the items that are ticked in the address; what is no id is left out."""
    ids = (value for value in request.GET.getlist("item") if LOOKS_LIKE_ID.fullmatch(value))
    return {int(value) for value in ids}


def with_films(items: Iterable[MediaBankItem]) -> list[MediaBankItem]:
    """Give each film item its film in the reader's language, if anyone may see it; two queries."""
    found = list(items)
    ids = [item.film_id for item in found if item.film_id]
    public = list(FilmPage.objects.playable().versions_of(ids)) if ids else []
    for item in found:
        item.shown_film = version_for_reader(item.film_id, public)
    return found


def version_for_reader(film_id: int | None, public: list[FilmPage]) -> FilmPage | None:
    """Return the film with this id in the reader's language, else as it is; ``public`` has both."""
    chosen = next((film for film in public if film.pk == film_id), None)
    if chosen is None:
        return None
    versions = {
        film.locale.language_code: film
        for film in public
        if film.translation_key == chosen.translation_key
    }
    return versions.get(get_language() or "", chosen)


@require_safe
def media_bank_zip(request: HttpRequest) -> HttpResponseBase:
    """Answer with the originals of the ticked items (``?item=1&item=2``) and their terms as a zip.

    Where there is nothing to send, or too much, the reader is led back to the page, which says so
    and has the same boxes ticked. 404 while there is no media bank to come from.
    """
    page = MediaBankPage.objects.live().public().in_active_language().first()
    if page is None:
        raise Http404
    takeable = MediaBankItem.objects.takeable().in_reader_language()
    chosen = takeable.filter(pk__in=picked_ids(request)).select_related("image")
    files = named_files(with_films(chosen[: MOST_FILES + 1]))
    if problem := problem_with(files.values()):
        params = request.GET.copy()
        params["problem"] = problem
        return redirect(f"{page.get_url(request)}?{params.urlencode()}#problem")
    terms = render_to_string(
        "campaigns/media_bank_terms.txt",
        {"files": files, "today": swedish_today(), "url": page.get_full_url(request)},
    )
    return zip_response(
        gettext("asf-press-pictures"),
        [(name, item.stored_file) for name, item in files.items()],
        {gettext("credits-and-terms.txt"): terms},
    )


def problem_with(items: Collection[MediaBankItem]) -> str:
    """Return which of ``PROBLEMS`` keeps these items from being sent, or an empty string."""
    if not items:
        return "nothing"
    if len(items) > MOST_FILES:
        return "many"
    return "large" if sum(item.file_size or 0 for item in items) > MOST_BYTES else ""


def named_files(items: Iterable[MediaBankItem]) -> dict[str, MediaBankItem]:
    """Map the name that each item's file has in the zip to the item, where there is a file."""
    found = [
        item for item in items if item.stored_file and default_storage.exists(item.stored_file)
    ]
    names = unique_names((item.title, item.stored_file) for item in found)
    return dict(zip(names, found, strict=True))
