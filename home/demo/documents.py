"""The demonstration's documents, made from their content: Word files, and a poster to print."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import docx
from django.core.files.base import ContentFile
from django.utils import translation
from django.utils.formats import date_format

from core.models import CustomDocument
from core.typesetting import compile_typst
from home.demo.content import FOLDER


def load_document(
    name: str, title: str, language: str, parts: list[dict[str, Any]], suffix: str = "docx"
) -> CustomDocument:
    """Write ``parts`` as a file called ``name`` and store it as a document.

    ``suffix`` is ``"docx"`` or ``"pdf"``.
    """
    write = pdf_bytes if suffix == "pdf" else docx_bytes
    return CustomDocument.objects.create(
        title=title,
        language=language,
        file=ContentFile(write(title, language, parts), name=f"{name}.{suffix}"),
    )


def pdf_bytes(title: str, language: str, parts: list[dict[str, Any]]) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of the same parts as a DOCX file's."""
    pairs = [next(iter(part.items())) for part in parts]
    data = {"title": title, "language": language, "parts": pairs}
    return compile_typst(FOLDER / "document.typ", "pdf", data)


def load_poster(name: str, title: str, day: date, texts: dict[str, Any]) -> CustomDocument:
    """Set a poster for ``day`` in Swedish as a PDF called ``name`` and store it as a document."""
    with translation.override("sv"):
        data = {
            **texts,
            "document_title": title,
            "author": "ASF Lyfter",
            "language": "sv",
            "text_language": "sv",
            "day": date_format(day, "l j F Y"),
        }
    made = compile_typst(FOLDER / "poster.typ", "pdf", data)
    return CustomDocument.objects.create(
        title=title, language="sv", file=ContentFile(made, name=f"{name}.pdf")
    )


def docx_bytes(title: str, language: str, parts: list[dict[str, Any]]) -> bytes:
    """Return a DOCX file; each part is a one-key mapping, as the content's ``document`` lists."""
    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.language = language
    document.core_properties.author = "ASF Lyfter"
    document.add_heading(title, level=0)
    for part in parts:
        [(kind, value)] = part.items()
        if kind == "heading":
            document.add_heading(value, level=1)
        elif kind == "paragraph":
            document.add_paragraph(value)
        elif kind == "bullets":
            for bullet in value:
                document.add_paragraph(bullet, style="List Bullet")
        elif kind == "fill_in":
            document.add_paragraph(f"{value}: " + "_" * 40)
        elif kind == "table":
            rows = [value["header"], *value["rows"]]
            table = document.add_table(rows=len(rows), cols=len(value["header"]))
            table.style = "Table Grid"
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = str(text)
        else:
            raise ValueError(f"Unknown part of a document: {kind}")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
