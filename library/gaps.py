"""What films and files do not yet have that some readers need: declared, not hidden.

The accessibility statement lists it (Swedish act 2018:1937 on the accessibility of digital public
services, § 13). A gap is no row of its own: it is there while the page says so, and no longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from core.dates import swedish_today
from core.enums import TextState
from core.models import BasePage
from library.enums import AudioDescription
from library.models import FilmPage, TemplatePage


@dataclass(frozen=True)
class Gap:
    """Something that a page lacks: what, why, and when it is to be mended (where that is known)."""

    page: BasePage
    what: str
    reason: str = ""
    due_on: date | None = None

    @property
    def is_late(self) -> bool:
        """Whether the day has passed."""
        return self.due_on is not None and self.due_on < swedish_today()


def declared_gaps() -> list[Gap]:
    """Return what is known to be missing, what is to be mended first first; two queries.

    Pages are those that visitors see, in their language or else in the source's.
    """
    films = (
        FilmPage.objects.in_reader_language_or_source()
        .filter(audio_description=AudioDescription.MISSING)
        .select_related("locale")
        .defer("body", "transcript", "speakers", "chapters")
        .order_by("description_due_on", "title")
    )
    templates = (
        TemplatePage.objects.live()
        .public()
        .in_active_language()
        .filter(document__text_state=TextState.EMPTY)
        .select_related("locale")
        .defer("body")
        .order_by("title")
    )
    return [
        *(
            Gap(
                film,
                _("The film has no audio description."),
                film.description_reason,
                film.description_due_on,
            )
            for film in films
        ),
        *(
            Gap(
                page,
                _("The file holds pictures of text, which a screen reader cannot read."),
                _("Ask us for the text in another form."),
            )
            for page in templates
        ),
    ]
