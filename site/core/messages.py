"""The message catalogues, extracted and compiled without a system gettext."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOMS = ("asflist", "campaigns", "home", "library", "search", "site")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "gettext_noop": None,
}


def sources(root: Path) -> Iterator[Path]:
    """Yield every Python file and template of the rooms below ``root``, in a stable order."""
    for room in ROOMS:
        for pattern in ("*.py", "*.html", "*.txt", "*.xhtml", "*.opf"):
            for path in sorted((root / room).rglob(pattern)):
                if not {"migrations", "demo", "static"} & set(path.parts):
                    yield path


def as_python(path: Path) -> str:
    """Return the file as Python that gettext can be read from.

    Django turns a template into calls of gettext among filling; the filling's indentation means
    nothing and is taken away, so that Python's tokenizer accepts it.
    """
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return text
    return "\n".join(line.strip() for line in templatize(text).splitlines())


def collect(root: Path) -> Catalog:
    """Return the catalogue of every message in the code below ``root``."""
    catalog = Catalog(project="ASF Lyfter", charset="utf-8")
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        code = io.BytesIO(as_python(path).encode())
        for _line, message, _comments, context in extract("python", code, keywords=KEYWORDS):
            catalog.add(message, locations=[(name, 0)], context=context, flags=())
    return catalog


def read(path: Path) -> Catalog:
    """Return the catalogue in the ``.po`` file ``path``."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parts[-3])


def update(path: Path, template: Catalog) -> None:
    """Bring the ``.po`` file up to date with ``template``; translations in use are kept."""
    catalog = read(path)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalog, width=96, sort_output=True, include_lineno=False)


def compile_catalogue(path: Path) -> None:
    """Write the ``.mo`` file beside the ``.po`` file ``path``, unless it is newer already."""
    target = path.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= path.stat().st_mtime:
        return
    with target.open("wb") as file:
        write_mo(file, read(path))
