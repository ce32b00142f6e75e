"""What stands inside a document, read by a process of its own that a hostile file may kill."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from django.core.files.base import File

from core.enums import TextState
from core.text_reader import LONGEST_ANSWER, LONGEST_TEXT, MAIN_PART, PARTS

READER = Path(__file__).with_name("text_reader.py")
WALL_SECONDS = 20
CHUNK = 64 * 1024

#: The endings whose text is read, and those that are looked into all the same.
READ = frozenset({"pdf", *PARTS})
LOOKED_INTO = READ | MAIN_PART.keys() | {"zip"}

logger = logging.getLogger(__name__)


class Finding(StrEnum):
    """What the reader says of a file."""

    READ = "read"
    EMPTY = "empty"
    UNREADABLE = "unreadable"
    #: Sound as far as can be seen, and of a kind that is not read.
    NOT_READ = "not_read"
    BOMB = "bomb"
    OTHER_KIND = "other_kind"

    @property
    def text_state(self) -> TextState:
        """What a document with such a file is said to be."""
        if self in (Finding.READ, Finding.EMPTY):
            return TextState(self.value)
        return TextState.UNKNOWN if self == Finding.NOT_READ else TextState.UNREADABLE


@dataclass(frozen=True)
class Reading:
    """What was found in a file; ``text`` is at most 200,000 characters, its lines with \\n."""

    finding: Finding
    text: str = ""


def read(file: File, suffix: str) -> Reading:
    """Read ``file`` from its beginning; ``suffix`` is its ending in lower case, without the dot.

    Never raises for what the file holds, takes 20 seconds at most, and leaves the file at its
    beginning.
    """
    if suffix not in LOOKED_INTO:
        return Reading(Finding.NOT_READ)
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as answer:
        file.seek(0)
        for chunk in file.chunks(CHUNK):
            source.write(chunk)
        file.seek(0)
        source.seek(0)
        if not run_reader(source, answer, suffix):
            return Reading(Finding.UNREADABLE)
        answer.seek(0)
        return parse(answer.read(LONGEST_ANSWER))


def run_reader(source: IO[bytes], answer: IO[bytes], suffix: str) -> bool:
    """Run the reader to its end, or kill it; return whether it came to its end by itself."""
    process = subprocess.Popen(  # noqa: S603 (our own program; the ending is one of a few)
        [sys.executable, "-I", "-X", "utf8", str(READER), suffix],
        stdin=source,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={},
    )
    try:
        return process.wait(WALL_SECONDS) == 0
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False


def parse(answer: bytes) -> Reading:
    """Return what the reader answered; it has handled a stranger's file, and is not trusted."""
    try:
        said = json.loads(answer)
        finding, text = Finding(said["finding"]), said["text"]
        if not isinstance(text, str):
            raise TypeError(text)
    except (ValueError, KeyError, TypeError):
        logger.warning("The reader of documents gave no answer that can be read.")
        return Reading(Finding.UNREADABLE)
    return Reading(finding, text.replace("\0", "")[:LONGEST_TEXT])
