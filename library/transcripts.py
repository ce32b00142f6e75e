"""A film's transcript: text with times and speakers, read turn by turn.

Paragraphs are separated by an empty line. Each may begin with its time in brackets and the speaker:
“[0:12] Supervisor: We begin at eight.”
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from library import durations

#: “[1:23]” first in a paragraph.
TIME = re.compile(rf"\[({durations.CLOCK})\]\s*")
#: “Supervisor, café in Gävle:” is at most this long; a longer beginning is a sentence.
SPEAKER = re.compile(r"([^\W\d_][^:\n.!?]{0,79}):\s+")


@dataclass(frozen=True)
class Turn:
    """What one speaker says in one go; ``start`` is a second of the film where it is known."""

    start: int | None
    speaker: str
    text: str


def parse(text: str) -> list[Turn]:
    """Return the turns of a transcript in their order; any text is a transcript."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [turn(part.strip()) for part in re.split(r"\n[ \t]*\n", lines) if part.strip()]


def turn(paragraph: str) -> Turn:
    """Return one paragraph as a turn."""
    start = None
    if match := TIME.match(paragraph):
        start = durations.seconds(match[1])
        paragraph = paragraph[match.end() :]
    speaker = ""
    if match := SPEAKER.match(paragraph):
        speaker = match[1]
        paragraph = paragraph[match.end() :]
    return Turn(start, speaker, paragraph)
