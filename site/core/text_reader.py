"""Reads the text of one file: a program of its own, for ``core.extraction`` to start and to kill.

It takes the file on standard input and its ending as the only argument, and answers on standard
output with one line of JSON: ``{"finding": …, "text": …}``. It knows nothing of the site, opens no
other file and no connection, and sets its own limits first: a hostile file can only end it.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import XMLParser

LONGEST_TEXT = 200_000  # characters: what is kept
MEMORY = 512 * 1024 * 1024  # bytes of address space
CPU_SECONDS = 10
LONGEST_ANSWER = 4 * 1024 * 1024  # bytes
MOST_PAGES = 1_000

MOST_MEMBERS = 5_000
#: A container may hold this many bytes whatever its ratio, and never more than the other.
UNSUSPICIOUS_SIZE = 20 * 1024 * 1024
LARGEST_CONTENT = 512 * 1024 * 1024
HIGHEST_RATIO = 100
#: What is inflated of the parts that hold the text.
MOST_XML = 64 * 1024 * 1024
DEEPEST = 1_000  # elements within one another
CHUNK = 64 * 1024

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

#: The member that tells each kind of container from the others.
MAIN_PART = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
    "ods": "content.xml",
    "epub": "META-INF/container.xml",
}
#: What the member “mimetype” says in those that have one (ODF 1.3 part 2 § 3.3, EPUB OCF 3.3).
MEDIA_TYPE = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "epub": b"application/epub+zip",
}
PARTS = {
    "docx": ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"),
    "odt": ("content.xml",),
}


class BombError(Exception):
    """The file would grow without measure when it is opened."""


class OtherKindError(Exception):
    """The file is not what its ending says."""


class OutOfTimeError(BaseException):
    """The processor's time is out; no handler on the way may take it for an error of the file."""


class Collector:
    """Takes the text of a document's XML as it is parsed; nothing is kept but the text.

    Raises ``BombError`` for a document type declaration, which neither format has and which is
    where entities grow, and for elements too deep within one another.
    """

    def __init__(self, *, inside: set[str], ends_line: set[str], skipped: set[str]) -> None:
        self.inside, self.ends_line, self.skipped = inside, ends_line, skipped
        self.parts: list[str] = []
        self.length = self.depth = self.taking = self.skipping = 0

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise BombError

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise BombError
        self.taking += tag in self.inside
        self.skipping += tag in self.skipped
        if tag in (f"{W}tab", f"{TEXT}tab", f"{TEXT}s"):
            self.take(" ")
        elif tag in (f"{W}br", f"{W}cr", f"{TEXT}line-break"):
            self.take("\n")

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.taking -= tag in self.inside
        self.skipping -= tag in self.skipped
        if tag in self.ends_line:
            self.take("\n")

    def data(self, text: str) -> None:
        if self.taking and not self.skipping:
            self.take(text)

    def take(self, text: str) -> None:
        if self.length < LONGEST_TEXT:
            self.parts.append(text)
            self.length += len(text)

    def close(self) -> None:
        """The parser asks for a result; it lies in ``parts``."""


def collector(suffix: str) -> Collector:
    """Return what takes the text of this format: what is deleted or commented is not taken."""
    if suffix == "docx":
        return Collector(inside={f"{W}t"}, ends_line={f"{W}p"}, skipped={FALLBACK})
    paragraphs = {f"{TEXT}p", f"{TEXT}h"}
    skipped = {f"{TEXT}tracked-changes", f"{OFFICE}annotation"}
    return Collector(inside=paragraphs, ends_line=paragraphs, skipped=skipped)


def check_container(archive: zipfile.ZipFile, suffix: str) -> None:
    """Raise for a zip that would grow without measure, or is not of the kind its ending says.

    What it holds is asked of its directory, before anything is inflated.
    """
    members = archive.infolist()
    content = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    grows = content > UNSUSPICIOUS_SIZE and content / packed > HIGHEST_RATIO
    if len(members) > MOST_MEMBERS or content > LARGEST_CONTENT or grows:
        raise BombError
    names = {member.filename for member in members}
    if suffix in MAIN_PART and MAIN_PART[suffix] not in names:
        raise OtherKindError
    if suffix in MEDIA_TYPE:
        if "mimetype" not in names:
            raise OtherKindError
        with archive.open("mimetype") as file:
            if file.read(100).strip() != MEDIA_TYPE[suffix]:
                raise OtherKindError


def inflate(archive: zipfile.ZipFile, suffix: str) -> Iterator[tuple[str, bytes]]:
    """Yield the parts that hold the text, each as (name, some bytes).

    Raises ``BombError`` when they are more than they may be, whatever the directory said.
    """
    left = MOST_XML
    for name in PARTS[suffix]:
        if name not in archive.NameToInfo:
            continue
        with archive.open(name) as file:
            while chunk := file.read(CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise BombError
                yield name, chunk


def read_container(file: IO[bytes], suffix: str, found: list[str]) -> None:
    """Add the text of a zip container to ``found``; of those without text to read, check it."""
    try:
        archive = zipfile.ZipFile(file)
    except zipfile.BadZipFile as error:
        raise OtherKindError from error
    with archive:
        check_container(archive, suffix)
        if suffix not in PARTS:
            return
        parsers: dict[str, XMLParser] = {}
        target = collector(suffix)
        target.parts = found
        for name, chunk in inflate(archive, suffix):
            if name not in parsers:
                # No tree is built, no file is fetched, and a declaration of entities is an error.
                parsers[name] = XMLParser(target=target)  # noqa: S314
            parsers[name].feed(chunk)
        for parser in parsers.values():
            parser.close()


def read_pdf(file: IO[bytes], found: list[str]) -> None:
    """Add a PDF's text to ``found``, page by page, until there is enough of it."""
    from pypdf import PdfReader

    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise ValueError("The PDF needs a password.")
    length = 0
    for number in range(min(len(reader.pages), MOST_PAGES)):
        text = reader.pages[number].extract_text() + "\n"
        found.append(text)
        length += len(text)
        if length > LONGEST_TEXT:
            return


def tidy(parts: list[str]) -> str:
    """Return the text without what a database cannot keep, its blank space in single characters."""
    text = "".join(parts)[: 2 * LONGEST_TEXT]
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST_TEXT]


def read(file: IO[bytes], suffix: str) -> dict[str, Any]:
    """Return what was found in the file, and its text as far as it could be read."""
    found: list[str] = []
    finding = "read"
    try:
        if suffix == "pdf":
            read_pdf(file, found)
        else:
            read_container(file, suffix, found)
    except BombError:
        return {"finding": "bomb", "text": ""}
    except OtherKindError:
        return {"finding": "other_kind", "text": ""}
    except (OutOfTimeError, Exception):  # pypdf and zipfile raise whatever they stumble on
        finding = "unreadable"
    text = tidy(found)
    if any(c.isalnum() for c in text):
        return {"finding": "read", "text": text}
    if finding == "read" and (suffix == "pdf" or suffix in PARTS):
        finding = "empty"
    return {"finding": "not_read" if finding == "read" else finding, "text": ""}


def stop(*args: Any) -> None:
    raise OutOfTimeError


def limit() -> None:
    """Give this process little memory and time, and let it write nothing but a short answer."""
    signal.signal(signal.SIGXCPU, stop)
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 2))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LONGEST_ANSWER, LONGEST_ANSWER))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)


if __name__ == "__main__":
    limit()
    with open(0, "rb", closefd=False) as source:
        answer = read(source, sys.argv[1])
    sys.stdout.buffer.write(json.dumps(answer).encode())
