"""The demonstration's templates as Word files, written from their content."""

from __future__ import annotations

import io
from typing import Any

import docx
from django.core.files.base import ContentFile

from core.models import CustomDocument


def load_document(
    name: str, title: str, language: str, parts: list[dict[str, Any]]
) -> CustomDocument:
    """Write ``parts`` as a DOCX file called ``name`` and store it as a document."""
    return CustomDocument.objects.create(
        title=title,
        language=language,
        file=ContentFile(docx_bytes(title, language, parts), name=f"{name}.docx"),
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
