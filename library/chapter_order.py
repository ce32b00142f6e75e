"""The parts of a film: in order, and within its length."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from library import durations


def check_chapters(chapters: StreamValue, length: int | None) -> None:
    """Raise ``ValidationError`` naming each chapter that is out of order or after the end.

    ``length`` is the film's, in seconds; None while it is not known. A time that cannot be read is
    the field's own error.
    """
    errors: dict[int, ValidationError] = {}
    latest = -1
    for place, chapter in enumerate(chapters):
        try:
            start = durations.seconds(chapter.value["start"])
        except ValueError:
            continue
        message = ""
        if start <= latest:
            message = _("The part must begin after the one above it.")
        elif length is not None and start >= length:
            message = _("The film is over by then: it is %(length)s long.") % {
                "length": durations.clock(length)
            }
        if message:
            errors[place] = StructBlockValidationError({"start": ValidationError(message)})
        latest = max(latest, start)
    if errors:
        raise StreamBlockValidationError(block_errors=errors)
