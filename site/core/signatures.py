"""Whether a file is what its ending says, by its first bytes; nothing of it is opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

HEAD = 1024  # bytes; a PDF may have something else before its header (ISO 32000-1, note to 7.5.2)

Test = Callable[[bytes], bool]


def is_zip(head: bytes) -> bool:
    """A zip with something in it, or an empty one (APPNOTE 4.3.7, 4.3.16)."""
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_text(head: bytes) -> bool:
    """Text in UTF-8 or an older code, or UTF-16 with its mark, and no page for a browser."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in head and not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def is_mp4(head: bytes) -> bool:
    """MPEG-4 and its relatives begin with a box “ftyp” (ISO/IEC 14496-12 § 4.3)."""
    return head[4:8] == b"ftyp"


def is_webm(head: bytes) -> bool:
    """EBML whose document type is WebM (https://www.webmproject.org/docs/container/)."""
    return head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]


def is_mp3(head: bytes) -> bool:
    """An ID3 tag, or a frame of MPEG audio at once: eleven bits set, layer III."""
    frame = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2
    return frame or head.startswith(b"ID3")


TESTS: dict[str, Test] = {
    "csv": is_text,
    "pdf": lambda head: b"%PDF-" in head,
    **dict.fromkeys(("docx", "epub", "ods", "odt", "pptx", "xlsx", "zip"), is_zip),
    **dict.fromkeys(("mp4", "m4a"), is_mp4),
    "webm": is_webm,
    "mp3": is_mp3,
    **dict.fromkeys(("ogg", "opus"), lambda head: head.startswith(b"OggS")),
    **dict.fromkeys(("jpg", "jpeg"), lambda head: head.startswith(b"\xff\xd8\xff")),
    "png": lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"),
    "gif": lambda head: head.startswith((b"GIF87a", b"GIF89a")),
    "webp": lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP",
}


def matches(file: IO[bytes], suffix: str) -> bool:
    """Whether ``file`` begins as files with this ending (lower case, no dot) do.

    An ending that is not known here matches nothing. The file is left at its beginning.
    """
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    return suffix in TESTS and TESTS[suffix](head)
