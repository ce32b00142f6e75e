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
from core.models import BasePage
from library import durations
from library.enums import Lane
from library.steps import with_versions

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


class TimeBlock(blocks.RegexBlock):
    """A time in a film: “1:23”, or “1:02:03” with hours."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            **{
                "regex": durations.CLOCK,
                "max_length": 8,
                "error_messages": {"invalid": _("Write minutes and seconds, for example 1:23.")},
            }
            | kwargs
        )

    def deconstruct(self) -> Any:
        return blocks.RegexBlock(regex=durations.CLOCK).deconstruct()


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
    start = TimeBlock(
        label=_("Begin at"),
        required=False,
        help_text=_("Minutes and seconds into the film: 1:23. Empty: from the beginning."),
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


class FilmChapterBlock(blocks.StructBlock):
    """A part of a film: when it begins, and what it is about."""

    start = TimeBlock(label=_("Begins at"), help_text=_("Minutes and seconds: 1:23."))
    title = blocks.CharBlock(
        label=_("Heading"), max_length=100, help_text=_("What the part is about.")
    )

    class Meta:
        icon = "time"
        label = _("Chapter")
        description = _("A part of the film that one can go straight to")
        template = "library/blocks/film_chapter.html"
        preview_value = {"start": "1:23", "title": "Så började det"}


class HelpChooserBlock(blocks.PageChooserBlock):
    """Chooses what helps with a step, and fetches every language's version of it."""

    def bulk_to_python(self, values: Iterable[int | None]) -> list[BasePage | None]:
        """Fetch what helps with all steps, and what readers are shown of it, in one query."""
        return with_versions(values)

    def deconstruct(self) -> Any:
        """Return it as Wagtail's own: what is stored is the same."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.PageChooserBlock", args, kwargs


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
    related = blocks.ListBlock(
        HelpChooserBlock(
            page_type=["library.FilmPage", "library.ChapterPage", "library.TemplatePage"],
            label=_("Page"),
        ),
        label=_("Film, chapter or template"),
        required=False,
        default=[],
        max_num=4,
        help_text=_("What helps with just this step."),
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
        label=_("Figure"),
        max_digits=15,
        help_text=_("The number alone, with a decimal point if it needs one."),
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


class BarBlock(blocks.StructBlock):
    """One bar of a chart, with what it was before where that is known."""

    label = blocks.CharBlock(label=_("What it counts"), max_length=80)
    value = blocks.DecimalBlock(label=_("Figure"), max_digits=15)
    before = blocks.DecimalBlock(
        label=_("Before"),
        required=False,
        max_digits=15,
        help_text=_("The same figure at the earlier time."),
    )

    class Meta:
        icon = "order"
        label = _("Bar")


class ChartBlock(blocks.StructBlock):
    """Bars, shown as a picture and as a table from the same figures."""

    title = blocks.CharBlock(
        label=_("Heading"), max_length=120, help_text=_("What the chart shows, as a sentence.")
    )
    unit = blocks.CharBlock(
        label=_("Unit"), max_length=40, help_text=_("What the numbers are numbers of.")
    )
    period = blocks.CharBlock(
        label=_("Time of the figures"), max_length=40, help_text=_("“September 2022”.")
    )
    period_before = blocks.CharBlock(
        label=_("Earlier time"), required=False, max_length=40, help_text=_("“December 2021”.")
    )
    bars = blocks.ListBlock(BarBlock(), label=_("Bars"), min_num=1, max_num=24)
    source = blocks.CharBlock(
        label=_("Source"), max_length=160, help_text=_("Where the figures come from.")
    )

    class Meta:
        icon = "order"
        label = _("Chart")
        description = _("Bars with a table of the same figures, to download")
        template = "library/blocks/chart.html"
        preview_value = {
            "title": "Nya avtal i fyra län",
            "unit": "avtal",
            "period": "september 2022",
            "period_before": "",
            "bars": [{"label": "Gävleborg", "value": "4"}],
            "source": "ASF Lyfters slutrapport",
        }


LANE_HELP = _("One value in each row, as a short sentence. Leave it empty where nothing changes.")


class StageBlock(blocks.StructBlock):
    """One stage of a theory of change: what it is worth to the person, the ASF and society."""

    title = blocks.CharBlock(
        label=_("Stage"), max_length=60, help_text=_("For example “Start” or “Goal”.")
    )
    person = blocks.ListBlock(
        blocks.CharBlock(label=_("Value"), max_length=140),
        label=Lane.PERSON.label,
        default=[],
        max_num=6,
        help_text=LANE_HELP,
    )
    asf = blocks.ListBlock(
        blocks.CharBlock(label=_("Value"), max_length=140),
        label=Lane.ASF.label,
        default=[],
        max_num=6,
        help_text=LANE_HELP,
    )
    society = blocks.ListBlock(
        blocks.CharBlock(label=_("Value"), max_length=140),
        label=Lane.SOCIETY.label,
        default=[],
        max_num=6,
        help_text=LANE_HELP,
    )

    class Meta:
        icon = "arrow-right"
        label = _("Stage")
        description = _("A stage from start to goal, with what changes in each lane")
        template = "library/blocks/stage.html"
        preview_value = {
            "title": "Det första steget",
            "person": ["Någon väntar på mig på måndag"],
            "asf": ["En kollega till"],
            "society": ["En person mindre i ensamhet"],
        }


LIBRARY_BLOCKS: list[tuple[str, blocks.Block]] = [*BODY_BLOCKS, ("film", FilmBlock())]
