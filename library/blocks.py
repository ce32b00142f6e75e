"""The library's blocks, for every room above it."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from core.blocks import BODY_BLOCKS, SHORT_FEATURES

if TYPE_CHECKING:
    from library.models import FilmPage


class FilmChooserBlock(blocks.PageChooserBlock):
    """Chooses a film, and fetches every language's version of it that visitors may see."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"page_type": "library.FilmPage"} | kwargs)

    def bulk_to_python(self, values: Iterable[int | None]) -> list[FilmPage | None]:
        """Fetch the films of a whole body, with all that their players show, in one query."""
        ids = list(values)
        found = self.model_class.objects.playable().versions_of(ids)
        public = {film.pk: film for film in found}
        drafts = [pk for pk in ids if pk and pk not in public]
        films = public | (self.model_class.objects.in_bulk(drafts) if drafts else {})
        versions: dict[UUID, dict[str, FilmPage]] = {}
        for film in public.values():
            versions.setdefault(film.translation_key, {})[film.locale.language_code] = film
        chosen = [copy(films[pk]) if pk in films else None for pk in ids]
        for film in filter(None, chosen):
            film.public_versions = versions.get(film.translation_key, {})
        return chosen


class FilmValue(blocks.StructValue):
    """A chosen film."""

    @cached_property
    def shown(self) -> FilmPage | None:
        """The film in the reader's language, else as it was chosen; None while it is not public."""
        film = self.get("film")
        if film is None:
            return None
        versions = film.public_versions
        if versions is None:
            found = type(film).objects.playable().versions_of([film.pk])
            versions = {version.locale.language_code: version for version in found}
        return versions.get(get_language() or "") or next(
            (version for version in versions.values() if version.pk == film.pk), None
        )


class FilmBlock(blocks.StructBlock):
    """A film of the library, played in place or led to."""

    film = FilmChooserBlock(
        label=_("Film"),
        help_text=_("It must be published to be shown. Captions and transcript come with it."),
    )
    play_here = blocks.BooleanBlock(
        label=_("Play it here"),
        required=False,
        default=True,
        help_text=_("Without this, a picture leads to the film's own page."),
    )

    class Meta:
        icon = "media"
        label = _("Film")
        description = _("A film or recorded webinar from the library")
        template = "library/blocks/film.html"
        preview_template = "library/blocks/film_preview.html"
        value_class = FilmValue


class SpeakerBlock(blocks.StructBlock):
    """Somebody who is heard in a film."""

    role = blocks.CharBlock(
        label=_("Role"),
        max_length=120,
        help_text=_("What the person does and where: “supervisor at a café in Gävle”."),
    )
    name = blocks.CharBlock(
        label=_("Name"),
        required=False,
        max_length=80,
        help_text=_("Only if the person wants to be named."),
    )

    class Meta:
        icon = "user"
        label = _("Speaker")
        description = _("A person who is heard, by role and if wished by name")
        template = "library/blocks/speaker.html"
        preview_value = {"role": "handledare på en cykelverkstad", "name": ""}


class StepBlock(blocks.StructBlock):
    """One thing to do, and what to have at hand when one begins."""

    title = blocks.CharBlock(
        label=_("Heading"), max_length=100, help_text=_("Begin with a verb: “Draw the chain”.")
    )
    text = blocks.RichTextBlock(
        label=_("Text"),
        features=SHORT_FEATURES,
        help_text=_("How it is done, in a few sentences."),
    )
    have_ready = blocks.ListBlock(
        blocks.CharBlock(label=_("Thing"), max_length=160),
        label=_("Have ready"),
        required=False,
        default=[],
        help_text=_("Papers, figures or people that are needed for this step, one on each row."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")
        description = _("A step with its heading, text and what to have ready")
        template = "library/blocks/step.html"
        preview_value = {
            "title": "Rita kedjan",
            "text": "<p>Skriv vad ni gör längst till vänster och målet längst till höger.</p>",
            "have_ready": ["Ert syfte, från stadgarna"],
        }


class FigureBlock(blocks.StructBlock):
    """One figure of an impact report."""

    label = blocks.CharBlock(
        label=_("What it counts"), max_length=120, help_text=_("For example “New agreements”.")
    )
    value = blocks.DecimalBlock(
        label=_("Figure"), help_text=_("The number alone, with a decimal point if it needs one.")
    )
    unit = blocks.CharBlock(
        label=_("Unit"),
        required=False,
        max_length=40,
        help_text=_("What the number is a number of: “agreements”, “per cent”, “kronor”."),
    )
    comparison = blocks.CharBlock(
        label=_("Comparison"),
        required=False,
        max_length=160,
        help_text=_("What it was before, or what it is elsewhere: “Six when the project began”."),
    )
    source = blocks.CharBlock(
        label=_("Source"), max_length=160, help_text=_("Where the figure comes from.")
    )

    class Meta:
        icon = "order"
        label = _("Figure")
        description = _("A figure with unit, comparison and source")
        template = "library/blocks/figure.html"
        preview_value = {
            "label": "Nya avtal",
            "value": "36",
            "unit": "avtal",
            "comparison": "",
            "source": "ASF Lyfters slutrapport",
        }


LIBRARY_BLOCKS: list[tuple[str, blocks.Block]] = [*BODY_BLOCKS, ("film", FilmBlock())]
