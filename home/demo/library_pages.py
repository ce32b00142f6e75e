"""The library of the demonstration."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from wagtailmedia.models import Media

from asflist.models import Enterprise
from home.demo.bodies import Keys, block_id, items
from home.demo.content import FOLDER, rich_text
from home.demo.page_items import Texts, fill_body, set_children
from library.captions import check_vtt, normalise
from library.enums import Lane
from library.models import (
    Captions,
    ChapterChange,
    ChapterPage,
    FilmPage,
    GuidancePage,
    HandbookPage,
    ImpactReportPage,
    ImpactStoryPage,
    TemplatePage,
    TemplateVersion,
    TheoryOfChangePage,
)
from library.transcripts import from_captions

#: When the edition that another has replaced was published.
FIRST_EDITION_CAME = date(2022, 9, 15)


def blocks(key: str, kind: str, values: list[Any]) -> str:
    """Return the JSON data of a stream of one kind of block."""
    return json.dumps(
        [
            {"type": kind, "value": value, "id": block_id(f"{key}/{kind}", place)}
            for place, value in enumerate(values)
        ]
    )


def load_film_file(stem: str, title: str, duration: int) -> Media:
    """Store the clip ``films/<stem>.mp4``."""
    data = (FOLDER / "films" / f"{stem}.mp4").read_bytes()
    return Media.objects.create(
        title=title, type="video", duration=duration, file=ContentFile(data, name=f"{stem}.mp4")
    )


def caption_text(stem: str, language: str) -> str:
    """Return the WebVTT that lies beside the clip, checked as an editor's would be."""
    text = normalise((FOLDER / "films" / f"{stem}.{language}.vtt").read_text(encoding="utf-8"))
    check_vtt(text)
    return text


def captions_of(stem: str) -> list[Captions]:
    """Return the clip's captions, Swedish first, each confirmed by somebody who has seen it."""
    made = []
    for place, language in enumerate(("sv", "en")):
        row = Captions(language=language, text=caption_text(stem, language), sort_order=place)
        row.confirm()
        made.append(row)
    return made


def fill_film(page: FilmPage, texts: Texts, keys: Keys) -> None:
    """A film with its file and captions; what its captions say is its transcript."""
    page.film_kind = texts["kind"]
    page.duration = texts["duration_seconds"]
    page.in_press_room = texts.get("in_press_room", False)
    page.recorded_on = keys.today - timedelta(days=texts["recorded_days_ago"])
    speakers = [{"role": role, "name": ""} for role in texts["speakers"]]
    page.speakers = blocks(texts["key"], "speaker", speakers)
    page.enterprises = list(
        Enterprise.objects.filter(name__in=texts.get("enterprises", []), locale=keys.source)
    )
    chapters = [{"start": part["at"], "title": part["title"]} for part in texts["chapters"]]
    page.chapters = blocks(texts["key"], "chapter", chapters)
    page.transcript = from_captions(caption_text(texts["clip"], texts["language"]))
    if page.video is None:
        page.video = load_film_file(texts["clip"], texts["title"], texts["duration_seconds"])
        page.captions.set(captions_of(texts["clip"]))
    fill_description(page, texts, keys)
    fill_body(page, texts, keys)


def fill_description(page: FilmPage, texts: Texts, keys: Keys) -> None:
    """How those who do not see the film learn what is only seen in it."""
    description = texts["description"]
    page.audio_description = description["kind"]
    page.description_reason = description.get("reason", "")
    if "mended_in_days" in description:
        page.description_due_on = keys.today + timedelta(days=description["mended_in_days"])
    if "clip" in description and page.described_video is None:
        page.described_video = load_film_file(
            description["clip"], texts["title"], texts["duration_seconds"]
        )


def fill_handbook(page: HandbookPage, texts: Texts, keys: Keys) -> None:
    """A handbook's own page; its chapters are pages under it."""
    page.edition = texts["edition"]
    if "earlier" in texts:  # made after this one, so that it stands below it
        page.earlier_edition_id = keys.pages.get(texts["earlier"]["key"])
    fill_body(page, texts, keys)


def fill_chapter(page: ChapterPage, texts: Texts, keys: Keys) -> None:
    """A chapter and what has changed in it."""
    changes = [
        ChapterChange(
            locale=page.locale,
            changed_on=keys.today - timedelta(days=change["days_ago"]),
            note=change["note"],
        )
        for change in texts.get("changes", [])
    ]
    set_children(page, "changes", changes, ("note",))
    fill_body(page, texts, keys)


def fill_guidance(page: GuidancePage, texts: Texts, keys: Keys) -> None:
    """Guidance in steps."""
    key = texts["key"]
    steps = [
        {
            "title": step["title"],
            "text": rich_text(step["text"], keys.pages),
            "have_ready": items(f"{key}/{place}", step["have_ready"]),
            "related": items(
                f"{key}/{place}/related", [keys.pages[other] for other in step.get("related", [])]
            ),
        }
        for place, step in enumerate(texts["steps"])
    ]
    page.steps = blocks(key, "step", steps)
    if "next" in texts:
        page.next_page_id = keys.pages[texts["next"]["page"]]
        page.next_label = texts["next"]["label"]
        page.next_text = texts["next"]["text"]
    fill_body(page, texts, keys)


def fill_template(page: TemplatePage, texts: Texts, keys: Keys) -> None:
    """A template and its document."""
    page.template_kind = texts["kind"]
    page.version = texts["version"]
    page.document_id = keys.documents[texts["key"]]
    page.updated_on = keys.today - timedelta(days=40)
    earlier = [
        TemplateVersion(
            locale=page.locale,
            document_id=keys.documents[version_key(texts["key"], version)],
            version=version["version"],
            updated_on=keys.today - timedelta(days=version["updated_days_ago"]),
            note=version["note"],
        )
        for version in texts.get("earlier", [])
    ]
    set_children(page, "earlier_versions", earlier, ("note",))
    fill_body(page, texts, keys)


def version_key(key: str, version: Texts) -> str:
    """Return the key of an earlier version's document."""
    return f"{key}-{version['version']}"


def fill_story(page: ImpactStoryPage, texts: Texts, keys: Keys) -> None:
    """An impact story; where its workplace is on the list, it leads there."""
    page.role = texts["role"]
    page.workplace = texts["enterprise"]
    page.county = texts["county"]
    page.enterprise = Enterprise.objects.filter(
        name=texts["enterprise"], locale=page.locale
    ).first()
    if "consent_ends_in" in texts:
        page.consent_expires_on = keys.today + timedelta(days=texts["consent_ends_in"])
    page.figures = blocks(texts["key"], "figure", figures_of(texts))
    fill_body(page, texts, keys)


def figures_of(texts: Texts) -> list[dict[str, Any]]:
    """Return the raw values of the figures; a number is stored as text."""
    return [
        {**figure, "value": str(figure["value"]), "comparison": figure["comparison"] or ""}
        for figure in texts.get("figures", [])
    ]


def chart_value(key: str, chart: Texts) -> dict[str, Any]:
    """Return the raw value of a chart."""
    bars = [
        {
            "label": bar["label"],
            "value": str(bar["value"]),
            "before": str(bar["before"]) if "before" in bar else None,
        }
        for bar in chart["bars"]
    ]
    return {"period_before": "", **chart, "bars": items(key, bars)}


def fill_report(page: ImpactReportPage, texts: Texts, keys: Keys) -> None:
    """An impact report and its figures."""
    page.year = texts["year"]
    page.figures = blocks(texts["key"], "figure", figures_of(texts))
    charts = [
        chart_value(f"{texts['key']}/chart/{place}", chart)
        for place, chart in enumerate(texts["charts"])
    ]
    page.charts = blocks(texts["key"], "chart", charts)
    fill_body(page, texts, keys)


def fill_theory(page: TheoryOfChangePage, texts: Texts, keys: Keys) -> None:
    """A theory of change, stage by stage, each with what it is worth in every lane."""
    key = texts["key"]
    stages = [
        {"title": stage["title"]}
        | {lane: items(f"{key}/{place}/{lane}", stage[lane]) for lane in Lane.values}
        for place, stage in enumerate(texts["stages"])
    ]
    page.stages = blocks(key, "stage", stages)
    fill_body(page, texts, keys)
