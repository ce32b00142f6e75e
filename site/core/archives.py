"""Zip files that are made while they are sent: nothing is stored, and nobody waits for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.http import StreamingHttpResponse
from django.utils.text import slugify
from zipstream import ZipStream

CHUNK = 64 * 1024
LONGEST_NAME = 60


def zip_response(
    name: str, files: Iterable[tuple[str, str]], texts: Mapping[str, str] | None = None
) -> StreamingHttpResponse:
    """Answer with a zip called ``name`` + ``.zip``, its files in a folder of the same name.

    ``files`` are pairs (name in the zip, name in the storage), stored as they are: pictures and
    films do not get smaller. ``texts`` maps the names of text files to what they say, written in
    UTF-8 with the mark that old editors need to see that.
    """
    archive = ZipStream(sized=True)
    for title, text in (texts or {}).items():
        archive.add(text.encode("utf-8-sig"), f"{name}/{title}")
    for title, stored in files:
        archive.add(read(stored), f"{name}/{title}", size=default_storage.size(stored))
    return StreamingHttpResponse(
        archive,
        content_type="application/zip",
        headers={
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="{name}.zip"',
            "Content-Length": str(len(archive)),
        },
    )


def unique_names(files: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield a name in the zip for each pair (title, name in the storage).

    Names are ASCII, say what the file is and are unique also where case is not told apart:
    ``"affisch.pdf"``, ``"affisch-2.pdf"``.
    """
    taken: set[str] = set()
    for title, stored in files:
        base = slugify(title)[:LONGEST_NAME].strip("-") or "asf"
        suffix = PurePath(stored).suffix.lower()
        name = f"{base}{suffix}"
        number = 1
        while name in taken:
            number += 1
            name = f"{base}-{number}{suffix}"
        taken.add(name)
        yield name


def read(stored: str) -> Iterator[bytes]:
    """Yield the bytes of a stored file, opened when its turn comes."""
    with default_storage.open(stored) as file:
        yield from file.chunks(CHUNK)
