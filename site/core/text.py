"""Small words of telephone numbers, files and XML, as links and readers need them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

#: What no XML document may hold (XML 1.0 § 2.2).
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return ``text`` without the characters that XML does not allow."""
    return NOT_XML.sub("", text)


def tel(number: str) -> str:
    """Return a phone number for a ``tel:`` link (RFC 3966): digits, with +46 for a leading zero.

    A zero in brackets, as in “+46 (0)26”, is not dialled with the country's number.
    """
    international = number.strip().startswith("+")
    dialled = number.replace("(0)", "") if international else number
    digits = "".join(c for c in dialled if c.isdigit() and c.isascii())
    if international:
        return f"+{digits}"
    return f"+46{digits[1:]}" if digits.startswith("0") else digits


def format_name(file_name: str) -> str:
    """Return a file's format as readers know it, for example ``"PDF"``; ``""`` without ending."""
    return PurePosixPath(file_name).suffix.lstrip(".").upper()
