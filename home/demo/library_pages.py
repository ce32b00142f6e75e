"""The library of the demonstration."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from wagtailmedia.models import Media

from asflist.models import Enterprise
from home.demo.bodies import Keys, block_id, items
from home.demo.content import FOLDER, rich_text
from home.demo.page_items import Texts, fill_body
from library.models import (
    Captions,
    FilmPage,
    GuidancePage,
    HandbookPage,
    ImpactReportPage,
    ImpactStoryPage,
    TemplatePage,
)


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


def captions_of(stem: str) -> list[Captions]:
    """Return the captions that lie beside the clip, Swedish first."""
    found: list[tuple[str, Path]] = [
        (language, FOLDER / "films" / f"{stem}.{language}.vtt") for language in ("sv", "en")
    ]
    return [
        Captions(language=language, text=path.read_text(encoding="utf-8"), sort_order=place)
        for place, (language, path) in enumerate(found)
    ]


def fill_film(page: FilmPage, texts: Texts, keys: Keys) -> None:
    """A film with its file and captions where there is a clip, and always its transcript."""
    page.film_kind = texts["kind"]
    page.series = texts["series"]
    page.duration = texts["duration_seconds"]
    page.in_press_room = texts.get("in_press_room", False)
    page.recorded_on = keys.today - timedelta(days=texts["recorded_days_ago"])
    speakers = [{"role": role, "name": ""} for role in texts["speakers"]]
    page.speakers = blocks(texts["key"], "speaker", speakers)
    page.transcript = rich_text(texts["transcript"], keys.pages)
    fill_body(page, texts, keys)
    if texts["clip"] and page.video is None:
        page.video = load_film_file(texts["clip"], texts["title"], texts["duration_seconds"])
        page.captions = captions_of(texts["clip"])


def fill_handbook(page: HandbookPage, texts: Texts, keys: Keys) -> None:
    """A handbook's own page; its chapters are pages under it."""
    page.edition = texts["edition"]
    fill_body(page, texts, keys)


def fill_guidance(page: GuidancePage, texts: Texts, keys: Keys) -> None:
    """Guidance in steps."""
    key = texts["key"]
    steps = [
        {
            "title": step["title"],
            "text": rich_text(step["text"], keys.pages),
            "have_ready": items(f"{key}/{place}", step["have_ready"]),
        }
        for place, step in enumerate(texts["steps"])
    ]
    page.steps = blocks(key, "step", steps)
    fill_body(page, texts, keys)


def fill_template(page: TemplatePage, texts: Texts, keys: Keys) -> None:
    """A template and its document."""
    page.template_kind = texts["kind"]
    page.version = texts["version"]
    page.document_id = keys.documents[texts["key"]]
    page.updated_on = keys.today - timedelta(days=40)
    fill_body(page, texts, keys)


def fill_story(page: ImpactStoryPage, texts: Texts, keys: Keys) -> None:
    """An impact story; where its workplace is on the list, it leads there."""
    page.role = texts["role"]
    page.workplace = texts["enterprise"]
    page.county = texts["county"]
    page.enterprise = Enterprise.objects.filter(
        name=texts["enterprise"], locale=page.locale
    ).first()
    fill_body(page, texts, keys)


def fill_report(page: ImpactReportPage, texts: Texts, keys: Keys) -> None:
    """An impact report and its figures."""
    page.year = texts["year"]
    figures = [
        {**figure, "value": str(figure["value"]), "comparison": figure["comparison"] or ""}
        for figure in texts["figures"]
    ]
    page.figures = blocks(texts["key"], "figure", figures)
    fill_body(page, texts, keys)
