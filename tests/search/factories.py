"""What the search room's tests look for."""

from __future__ import annotations

import json
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page

from asflist.models import Enterprise
from core.models import CustomDocument
from home.models import StandardPage
from search.enums import Group
from search.results import search
from tests.asflist.factories import make_enterprise


def stream(*blocks: tuple[str, Any]) -> str:
    """Return the JSON data of a stream of ``(type, value)`` blocks."""
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def make_page(
    parent: Page, title: str, text: str = "", *, publish: bool = True, **fields: Any
) -> StandardPage:
    """Return a standard page under ``parent``, published unless told otherwise."""
    body = stream(("text", f"<p>{text}</p>")) if text else "[]"
    fields = {"locale": parent.locale, "body": body} | fields
    page = StandardPage(title=title, live=False, **fields)
    parent.refresh_from_db()
    parent.add_child(instance=page)
    revision = page.save_revision()
    if publish:
        revision.publish()
        page.refresh_from_db()
    return page


def publish_enterprise(name: str, **fields: Any) -> Enterprise:
    """Return an enterprise that has been published as staff do it."""
    enterprise = make_enterprise(name=name, live=False, **fields)
    enterprise.save_revision().publish()
    enterprise.refresh_from_db()
    return enterprise


def make_document(title: str, **fields: Any) -> CustomDocument:
    """Return a document that nothing refers to."""
    return CustomDocument.objects.create(
        title=title, file=ContentFile(b"x" * 2048, name="fil.pdf"), file_size=2048, **fields
    )


def downloads(*documents: CustomDocument) -> str:
    """Return a body that offers documents to download."""
    value = {"title": "Ladda ner", "documents": [document.pk for document in documents]}
    return stream(("downloads", value))


def titles(query: str, language: str = "sv", group: Group | None = None) -> list[str]:
    """Return the titles that a query finds, best first."""
    return [entry.title for entry in search(query, language, group).entries]
