"""WebVTT captions: checked with webvtt-py, errors named by their line.

Format: https://www.w3.org/TR/webvtt1/. Where webvtt-py passes over what it cannot read, so that
a caption would silently be missing from the film, the check here refuses it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from webvtt import WebVTT
from webvtt.errors import MalformedCaptionError

NOT_CUES = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
#: The largest file that is taken, in bytes. Captions of a talk of three hours are a fifth of it.
MAX_BYTES = 1024 * 1024
#: How many errors are named at once: who has made more has made the same one all through.
MAX_ERRORS = 20


@dataclass(frozen=True)
class VttBlock:
    """Lines between two empty ones; ``line`` is the number of the first, counted from 1."""

    line: int
    lines: list[str]


def split_blocks(lines: list[str]) -> Iterator[VttBlock]:
    """Yield the blocks of a WebVTT text, the header included."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line:
            block.append(line)
        elif block:
            yield VttBlock(number - len(block), block)
            block = []


def normalise(text: str) -> str:
    """Return ``text`` with Unix line ends, without byte order mark and space at line ends."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).rstrip() + "\n"


def read_upload(upload: UploadedFile) -> str:
    """Return the text of an uploaded file, normalised; its name is not looked at.

    Raises ``ValidationError`` for what is larger than ``MAX_BYTES``, not text, or not UTF-8, which
    WebVTT always is (https://www.w3.org/TR/webvtt1/#file-structure).
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(
            _("The file is too large to be captions: it may be %(limit)s at most."),
            params={"limit": filesizeformat(MAX_BYTES)},
        )
    data = upload.read()
    if b"\0" in data:
        raise ValidationError(
            _("This is not a text file in UTF-8. Choose the file whose name ends in .vtt.")
        )
    try:
        return normalise(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ValidationError(
            _("Line %(line)d: this is not UTF-8. Save the file anew with the encoding UTF-8."),
            params={"line": line},
        ) from error


def digest(text: str) -> str:
    """Return what tells one text from another: SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def check_vtt(text: str) -> None:
    """Raise ``ValidationError`` naming the line where ``text``, normalised, is not valid WebVTT."""
    if len(text.encode()) > MAX_BYTES:
        raise ValidationError(
            _("The text is too long to be captions: it may be %(limit)s at most."),
            params={"limit": filesizeformat(MAX_BYTES)},
        )
    lines = text.split("\n")
    if not re.match(r"WEBVTT([ \t]|$)", lines[0]):
        raise ValidationError(_("Line 1: the file must begin with the word WEBVTT."))
    errors = []
    previous = 0
    cues = 0
    for block in cue_blocks(lines):
        cues += 1
        try:
            previous = max(previous, check_cue(block, previous))
        except ValidationError as error:
            errors.append(error)
        if len(errors) >= MAX_ERRORS:
            break
    if not cues:
        errors.append(ValidationError(_("There are no captions in the text.")))
    if errors:
        raise ValidationError(errors)


def cue_blocks(lines: list[str]) -> Iterator[VttBlock]:
    """Yield the blocks that must be captions: all but the header, notes, styles and regions."""
    for block in split_blocks(lines):
        if block.line == 1 or (NOT_CUES.match(block.lines[0]) and not has_arrow(block)):
            continue
        yield block


def check_cue(block: VttBlock, previous: int) -> int:
    """Return when the block's caption begins, in milliseconds.

    Raises ``ValidationError`` when it cannot be read, or begins before ``previous``.
    """
    start, end = read_times(block)
    line = {"line": timing_line(block)}
    if end <= start:
        raise ValidationError(_("Line %(line)d: the caption ends before it begins."), params=line)
    if start < previous:
        raise ValidationError(
            _("Line %(line)d: the caption begins before the one above it."), params=line
        )
    return start


def has_arrow(block: VttBlock) -> bool:
    """Whether a line of the block looks like a time line."""
    return any("-->" in line for line in block.lines)


def timing_line(block: VttBlock) -> int:
    """Return the number of the line that holds the times, else the block's first."""
    arrows = (number for number, line in enumerate(block.lines) if "-->" in line)
    return block.line + next(arrows, 0)


def read_times(block: VttBlock) -> tuple[int, int]:
    """Return when the block's caption begins and ends, in milliseconds.

    Raises ``ValidationError`` for a block that is no caption, or one without text.
    """
    line = timing_line(block)
    try:
        read = WebVTT.from_string("WEBVTT\n\n" + "\n".join(block.lines), strict=True)
    except MalformedCaptionError as error:
        raise ValidationError(
            _(
                "Line %(line)d: the times cannot be read. Write them as "
                "00:00:01.000 --> 00:00:04.000, with an empty line before each caption."
            ),
            params={"line": line},
        ) from error
    if len(read) != 1:
        raise ValidationError(
            _(
                "Line %(line)d: this is no caption. A caption is a line with times, for example "
                "00:00:01.000 --> 00:00:04.000, and its text on the lines below."
            ),
            params={"line": line},
        )
    caption = read[0]
    if not caption.text.strip():
        raise ValidationError(_("Line %(line)d: the caption has no text."), params={"line": line})
    return caption.start_time.in_milliseconds(), caption.end_time.in_milliseconds()
