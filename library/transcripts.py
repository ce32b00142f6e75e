"""Transcripts of films: text that people write, and that pages show turn by turn.

The format is plain text. Paragraphs stand with an empty line between them. Each may begin with the
time in the film where it is said, in brackets, and then with who says it and a colon::

    [0:12] Supervisor: We begin at eight.

    [0:15] [the coffee machine hisses]

    [1:02:03] And that was all.

The time is minutes and seconds, with hours in front where needed (``library.durations``). Who
speaks is named where somebody else begins to; a paragraph without a name goes on with the same
person, or is a sound. Other brackets are sounds, and part of the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from webvtt import WebVTT

from library import durations
from library.captions import check_vtt, normalise

#: A silence longer than this, in milliseconds, begins a new paragraph.
PAUSE = 2000
#: A paragraph this long, in characters, ends where the next sentence does.
LONG = 420

TIME = re.compile(rf"\[({durations.CLOCK})\]\s*")
#: A name is short and no sentence, so that “He said this: …” is nobody's name.
SPEAKER = re.compile(r"([^\W\d_][^:.?!;“”\"\[\]\n]{0,79}):\s+")
MOST_WORDS = 9
# No tag holds “<”: a text with many that nothing closes is read in one go (no quadratic search).
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>")
TAG = re.compile(r"<[^<>]*>")
SOUND = re.compile(r"(?:\[[^\]]*\]|\([^)]*\)|♪.*)")
DASH = re.compile(r"[-–—]\s*(?=\S)")
SENTENCE_ENDS = (".", "?", "!", "…", "”")


@dataclass(frozen=True)
class Turn:
    """A paragraph: the second where it begins (None: not known), who speaks (may be empty)."""

    start: int | None
    speaker: str
    text: str


@dataclass
class Piece:
    """What one voice says in one caption; times in milliseconds from the film's beginning."""

    start: int
    end: int
    speaker: str
    text: str
    #: Whether it is said to be somebody else's, or a sound, though no name tells whose.
    apart: bool


def parse(text: str) -> list[Turn]:
    """Return the paragraphs of a transcript, in order."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return [turn(part.strip()) for part in re.split(r"\n[ \t]*\n", lines) if part.strip()]


def turn(paragraph: str) -> Turn:
    """Return one paragraph's time, speaker and text."""
    start, speaker = None, ""
    if match := TIME.match(paragraph):
        start = durations.seconds(match[1])
        paragraph = paragraph[match.end() :]
    if (match := SPEAKER.match(paragraph)) and len(match[1].split()) <= MOST_WORDS:
        speaker = match[1].strip()
        paragraph = paragraph[match.end() :]
    return Turn(start, speaker, paragraph)


def from_captions(vtt_text: str) -> str:
    """Return the transcript of valid WebVTT (``library.captions.check_vtt``).

    Voice tags (``<v Name>``) become speakers. What one person says is one paragraph until somebody
    else speaks, there is a silence of more than two seconds, or the paragraph has become long.
    Sounds in brackets stay as they are, in paragraphs of their own where a caption holds no more.
    """
    paragraphs: list[list[Piece]] = []
    for piece in pieces(vtt_text):
        if not paragraphs or begins_paragraph(piece, paragraphs[-1]):
            paragraphs.append([])
        paragraphs[-1].append(piece)
    lines = []
    speaker = ""
    for paragraph in paragraphs:
        first = paragraph[0]
        name = f"{first.speaker}: " if first.speaker and first.speaker != speaker else ""
        speaker = first.speaker or ("" if first.apart and not is_sound(first.text) else speaker)
        text = " ".join(piece.text for piece in paragraph)
        lines.append(f"[{durations.clock(first.start // 1000)}] {name}{text}")
    return "\n\n".join(lines)


def built_from(vtt_text: str) -> str:
    """Return the transcript of captions that may be broken: then it is empty."""
    try:
        check_vtt(normalise(vtt_text))
    except ValidationError:
        return ""
    return from_captions(vtt_text)


def begins_paragraph(piece: Piece, paragraph: list[Piece]) -> bool:
    """Whether ``piece`` stands apart from the paragraph before it."""
    last = paragraph[-1]
    said = sum(len(earlier.text) + 1 for earlier in paragraph)
    return (
        piece.apart
        or is_sound(last.text)
        or piece.speaker != last.speaker
        or piece.start - last.end > PAUSE
        or (said >= LONG and last.text.endswith(SENTENCE_ENDS))
    )


def is_sound(text: str) -> bool:
    """Whether the text is a sound in brackets and nothing more."""
    return SOUND.fullmatch(text) is not None


def pieces(vtt_text: str) -> Iterator[Piece]:
    """Yield what is said, voice by voice; a caption that repeats the one before is left out."""
    before = ""
    for caption in WebVTT.from_string(vtt_text):
        start, end = caption.start_time.in_milliseconds(), caption.end_time.in_milliseconds()
        if caption.raw_text == before:
            continue
        before = caption.raw_text
        for speaker, text in voices(caption.raw_text):
            for said in changes_of_speaker(text):
                apart = bool(DASH.match(said)) or is_sound(said)
                yield Piece(start, end, speaker, said, apart)


def voices(raw_text: str) -> Iterator[tuple[str, str]]:
    """Yield speaker (may be empty) and text with its line breaks for each voice in a caption."""
    # Before, name, text, name, text …
    parts = VOICE.split(raw_text)
    for speaker, text in zip(["", *parts[1::2]], parts[::2], strict=True):
        words = html.unescape(TAG.sub("", text)).replace("\xa0", " ")
        if words.strip():
            yield " ".join(html.unescape(speaker).split()), words.strip()


def changes_of_speaker(text: str) -> Iterator[str]:
    """Yield the caption's text as one line, or a line for each that begins with a dash."""
    said: list[str] = []
    for line in text.split("\n"):
        if said and DASH.match(line.strip()):
            yield " ".join(" ".join(said).split())
            said = []
        said.append(line)
    yield " ".join(" ".join(said).split())
