"""A page of the demonstration: where it stands, and what every page is filled with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.models import BasePage
from home.demo import content, dates
from home.demo.bodies import Keys, stream

Texts = dict[str, Any]
Fill = Callable[[Any, Texts, Keys], None]


@dataclass(frozen=True)
class PageItem:
    """A page to make: its content, its type, its parent's key, and what fills its own fields."""

    key: str
    model: type[BasePage]
    parent: str | None
    item: dict[str, Any]
    fill: Fill
    in_menu: bool = False

    @property
    def translated(self) -> bool:
        """Whether the page has an English version."""
        return bool(self.item.get("translated"))

    def texts(self, language: str, today: date) -> Texts:
        """Return the content in ``language``, which its key ``language`` names.

        The years of the open-house days are filled in.
        """
        texts: Texts = with_years(content.in_language(self.item, language), today)
        return texts | {"language": language}

    def first_texts(self, language: str, today: date) -> Texts:
        """Return the content as it was first published, before what readers are told of."""
        texts = self.texts(language, today)
        earlier: Texts = texts.get("change", {}).get("earlier", {})
        return texts | earlier


def with_years(node: Any, today: date) -> Any:
    """Return ``node`` with the years of the coming and the latest open-house day in its texts."""
    node = replace(node, "{year}", str(dates.open_house_day(today).year))
    return replace(node, "{past_year}", str(dates.past_open_house_day(today).year))


def replace(node: Any, old: str, new: str) -> Any:
    """Return ``node`` with ``old`` replaced in every text."""
    if isinstance(node, str):
        return node.replace(old, new)
    if isinstance(node, dict):
        return {key: replace(value, old, new) for key, value in node.items()}
    if isinstance(node, list):
        return [replace(value, old, new) for value in node]
    return node


def fill_base(page: BasePage, texts: Texts, keys: Keys) -> None:
    """Fill what every page has."""
    page.title = texts["title"]
    page.slug = texts["slug"]
    page.introduction = texts["introduction"]
    page.search_description = texts["search_description"]


def fill_relations(page: BasePage, texts: Texts, keys: Keys) -> None:
    """Fill what can only be said when every page is there: what a page is a version of."""
    if "easy_read_of" in texts:
        page.easy_read_of_id = keys.pages[texts["easy_read_of"]]


def fill_body(page: Any, texts: Texts, keys: Keys) -> None:
    """Fill the body."""
    page.body = json.dumps(stream(texts["key"], texts.get("body", []), keys))


def fill_nothing(page: Any, texts: Texts, keys: Keys) -> None:
    """An index page has no fields of its own."""


def set_children(page: Any, relation: str, made: list[Any], texts: tuple[str, ...]) -> None:
    """Give ``page`` the child objects ``made``; where it has them, only their ``texts`` change."""
    manager = getattr(page, relation)
    existing = list(manager.all())
    if existing:
        for child, other in zip(existing, made, strict=True):
            for name in texts:
                setattr(child, name, getattr(other, name))
    else:
        for place, child in enumerate(made):
            child.sort_order = place
        existing = made
    manager.set(existing)
