"""From the content's lists of blocks to the raw data of a stream."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wagtail.models import Locale

from home.demo.content import rich_text

NAMESPACE = uuid.UUID("0d5f6d0e-0000-4000-8000-000000000000")


@dataclass
class Keys:
    """What the content's keys stand for (key → primary key), filled as the load goes on."""

    today: date
    source: Locale
    pages: dict[str, int] = field(default_factory=dict)
    images: dict[str, int] = field(default_factory=dict)
    documents: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, int] = field(default_factory=dict)


def stream(key: str, blocks: list[dict[str, Any]], keys: Keys) -> list[dict[str, Any]]:
    """Return the raw data of a stream for ``blocks`` in one language.

    Ids are made from ``key`` and the block's place, so that a text and its translation get the
    same: that is how wagtail-localize knows which belongs to which.
    """
    return [
        {
            "type": kind,
            "value": block_value(f"{key}/{place}", kind, value, keys),
            "id": block_id(key, place),
        }
        for place, (kind, value) in enumerate(next(iter(block.items())) for block in blocks)
    ]


def block_id(key: str, place: int) -> str:
    """Return the id of the block at ``place`` in ``key``."""
    return str(uuid.uuid5(NAMESPACE, f"{key}/{place}"))


def items(key: str, values: list[Any]) -> list[dict[str, Any]]:
    """Return the raw data of a list block."""
    return [
        {"type": "item", "value": value, "id": block_id(key, place)}
        for place, value in enumerate(values)
    ]


def block_value(key: str, kind: str, value: Any, keys: Keys) -> Any:
    """Return the raw value of one block. Raises ``ValueError`` for a kind that is not known."""
    match kind:
        case "text":
            return rich_text(value, keys.pages)
        case "quote":
            return value
        case "fact_box":
            return {"title": value["title"], "text": rich_text(value["text"], keys.pages)}
        case "table":
            return table(value)
        case "accessibility_gaps":
            return {"title": value.get("title", "")}
        case "picture" | "call_to_action" | "film":
            return linking_value(kind, value, keys)
        case "accordion" | "key_figures" | "downloads" | "cards":
            return list_value(key, kind, value, keys)
    raise ValueError(f"Unknown block: {kind}")


def table(value: dict[str, Any]) -> dict[str, Any]:
    """Return the raw value of a table."""
    return {
        "caption": value["caption"],
        "columns": [{"type": "text", "heading": heading} for heading in value["header"]],
        "rows": [{"values": [str(cell) for cell in row]} for row in value["rows"]],
    }


def linking_value(kind: str, value: Any, keys: Keys) -> dict[str, Any]:
    """Return the raw value of a block that names one picture or page."""
    match kind:
        case "picture":
            return {
                "image": {
                    "image": keys.images[value["image"]],
                    "alt_text": value["alt"],
                    "decorative": False,
                },
                "caption": value.get("caption", ""),
                "credit": value.get("credit", ""),
            }
        case "call_to_action":
            return {**value, "page": keys.pages[value["page"]], "url": ""}
    return {
        "film": keys.pages[value["film"]],
        "play_here": value["play_here"],
        "start": value.get("start", ""),
    }


def list_value(key: str, kind: str, value: Any, keys: Keys) -> dict[str, Any]:
    """Return the raw value of a block that holds a list."""
    match kind:
        case "accordion":
            opened = [
                {"title": item["title"], "text": rich_text(item["text"], keys.pages)}
                for item in value["items"]
            ]
            return {"items": items(key, opened)}
        case "key_figures":
            return {"items": items(key, [{"source": "", **figure} for figure in value["items"]])}
        case "downloads":
            documents = [keys.documents[document] for document in value["documents"]]
            return {"title": value["title"], "documents": items(key, documents)}
    pages = [keys.pages[page] for page in value["pages"]]
    return {"title": value["title"], "pages": items(key, pages)}
