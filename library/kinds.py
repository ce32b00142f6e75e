"""The kinds of content in the library, as readers know them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from library.enums import FilmKind

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Kind:
    """A kind of content: its name in addresses, its model, and what readers call it."""

    value: str
    model: str
    label: StrOrPromise
    film_kind: str | None = None

    @property
    def condition(self) -> Q:
        """What holds for the base pages of this kind."""
        condition = Q(content_type__app_label="library", content_type__model=self.model)
        return condition & Q(filmpage__film_kind=self.film_kind) if self.film_kind else condition


KINDS = [
    Kind("film", "filmpage", _("Films"), FilmKind.FILM),
    Kind("webinar", "filmpage", _("Recorded webinars"), FilmKind.WEBINAR),
    Kind("series", "filmseriespage", _("Film series")),
    Kind("handbook", "handbookpage", _("Handbooks")),
    Kind("guidance", "guidancepage", _("Guidances")),
    Kind("template", "templatepage", _("Templates")),
    Kind("story", "impactstorypage", _("Impact stories")),
    Kind("report", "impactreportpage", _("Impact reports")),
    Kind("theory", "theoryofchangepage", _("Theories of change")),
]
