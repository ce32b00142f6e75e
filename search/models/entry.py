"""The index: one row for everything that may be found."""

from __future__ import annotations

from typing import Any, Self

from django.db import connections, models
from django.db.models import CharField, Count, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, ReferenceIndex

from asflist.models import Enterprise
from campaigns.models import Event
from core.analysis import Term
from core.enums import ContentLanguage
from core.models import BasePage, CustomDocument
from core.navigation import site_root_path
from library.models import TemplatePage
from search.matching import is_hit, prepare, rank

SUBJECTS = ("page", "enterprise", "document", "event")


def exactly_one(fields: tuple[str, ...]) -> Q:
    """Return the condition that one of the nullable ``fields`` is set and the others are not."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return condition


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """What the results page asks for."""

    @property
    def vendor(self) -> str:
        """The database's kind, as Django names it."""
        return connections[self.db].vendor

    def visible(self, language: str) -> Self:
        """What is live and public at this moment, and in ``language``; the index is not trusted."""
        public = BasePage.objects.live().public()
        try:
            pages = public.filter(url_path__startswith=site_root_path(language))
        except LookupError:
            pages = public.none()
        return self.filter(
            Q(page__in=pages.values("pk"))
            | Q(enterprise__in=Enterprise.objects.published().values("pk"))
            | Q(document__in=public_documents())
            | Q(event__in=Event.objects.published().not_over().values("pk")),
            language=language,
        )

    def matching(self, terms: list[Term]) -> Self:
        """Entries in which every term is found; without terms, none."""
        found = prepare(self, self.vendor)
        for term in terms:
            found = found.filter(is_hit(term, self.vendor))
        return found if terms else found.none()

    def ranked(self, terms: list[Term]) -> Self:
        """Best first, then newest; only for what ``matching`` gave."""
        best = models.OrderBy(rank(terms, self.vendor), descending=True)
        return self.order_by(best, models.F("date").desc(nulls_last=True), "pk")

    def count_by_kind(self) -> dict[str, int]:
        """Return the number of entries of each kind; one query."""
        return dict(self.order_by().values_list("kind").annotate(Count("pk")))

    def count_by_term(self, terms: list[Term]) -> list[int]:
        """Return how many entries each term finds by itself; one query."""
        counts = {
            f"term_{number}": Count("pk", filter=is_hit(term, self.vendor))
            for number, term in enumerate(terms)
        }
        found = prepare(self, self.vendor).aggregate(**counts)
        return [found[name] for name in counts]

    def for_results(self) -> Self:
        """With what a row of the results page shows, and without the tokens."""
        return self.select_related("page__locale", "enterprise__locale", "document", "event").defer(
            "title_words", "lead_words", "body_words", "document__text"
        )


def public_documents() -> models.QuerySet[Any]:
    """Return the ids of documents that a live, public page refers to (see ``core.publicity``).

    A template's document and its earlier versions are found as the template itself. The reference
    index keeps ids as text, since some models' ids are no numbers.
    """
    pages = BasePage.objects.live().public().values(text_id=Cast("pk", CharField()))
    referred = ReferenceIndex.objects.filter(
        to_content_type__app_label="core",
        to_content_type__model="customdocument",
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id__in=pages,
    )
    return (
        CustomDocument.objects.annotate(text_id=Cast("pk", CharField()))
        .filter(text_id__in=referred.values("to_object_id"))
        .exclude(pk__in=TemplatePage.objects.documents_of_public())
        .values("pk")
    )


class SearchEntry(models.Model):
    """A page, an enterprise, a document or an event as visitors search it."""

    page = models.OneToOneField(
        Page, null=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    enterprise = models.OneToOneField(
        Enterprise, null=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    document = models.OneToOneField(
        CustomDocument, null=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    event = models.OneToOneField(
        Event, null=True, on_delete=models.CASCADE, related_name="search_entry"
    )
    language = models.CharField(_("language"), max_length=2, choices=ContentLanguage)
    kind = models.CharField(_("kind"), max_length=60)
    title = models.CharField(_("title"), max_length=255)
    text = models.TextField(_("text"))
    date = models.DateField(_("date"), null=True)
    title_words = models.TextField()
    lead_words = models.TextField()
    body_words = models.TextField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        indexes = [models.Index(fields=["language", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=exactly_one(SUBJECTS), name="search_entry_has_one_subject"
            )
        ]

    def __str__(self) -> str:
        return self.title
