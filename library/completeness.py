"""What a film must have before it is public, and what it may declare as missing.

The rule is WCAG 2.2: captions that are right (1.2.2), a text of all that is said and seen (1.2.3),
and audio description (1.2.5). The last may be missing when the film says so, why, and until when:
then it stands in the accessibility statement (``library.gaps``).

A film on another platform is under the same rule. Its captions are kept here too: the transcript is
built from them, and whoever confirms them has seen them on that platform.
``FilmPageQuerySet.incomplete`` asks the same of many films in SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from core.enums import ContentLanguage
from library.enums import AudioDescription

if TYPE_CHECKING:
    from core.publishing import Lacking
    from library.models import FilmPage


def lacking(film: FilmPage) -> Lacking:
    """Return field → what ``film`` lacks to be public, in sentences in the active language."""
    found: Lacking = {}
    if not film.video_id and not film.external_url:
        found["video"] = [_("The film file is missing, or its address on another platform.")]
    captions = film.own_captions
    language = {"language": ContentLanguage(film.locale.language_code).label}
    if captions is None:
        found["captions"] = [
            _("Captions in the language of the page are missing (%(language)s).") % language
        ]
        # With captions, an empty transcript is built from them when the film is saved.
        if not film.transcript.strip():
            found["transcript"] = [_("The transcript is missing.")]
    elif not captions.is_confirmed:
        found["captions"] = [
            _(
                "No person has checked the captions in the language of the page (%(language)s) "
                "as they are now. Watch the film with them, and tick that they are right."
            )
            % language
        ]
    return found | lacking_description(film)


def lacking_description(film: FilmPage) -> Lacking:
    """Return what ``film`` lacks of audio description, or of words on why there is none."""
    found: Lacking = {}
    match film.audio_description:
        case AudioDescription.VERSION:
            if not film.described_video_id:
                found["described_video"] = [_("The version with audio description is missing.")]
        case AudioDescription.TRACK:
            languages = [row.language for row in film.descriptions.all()]
            if film.locale.language_code not in languages:
                found["descriptions"] = [
                    _("The text track with descriptions in the language of the page is missing.")
                ]
        case AudioDescription.NOT_NEEDED:
            if not film.description_reason.strip():
                found["description_reason"] = [_("Say why no audio description is needed.")]
        case AudioDescription.MISSING:
            if not film.description_reason.strip():
                found["description_reason"] = [
                    _("Say why there is no audio description yet. Readers will see it.")
                ]
            if not film.description_due_on:
                found["description_due_on"] = [
                    _("Say when there will be audio description. Readers will see it.")
                ]
        case _unsaid:
            found["audio_description"] = [
                _("Say how those who do not see the film learn what is only seen in it.")
            ]
    return found


def in_short(film: FilmPage) -> str:
    """Return the names of what ``film`` lacks, for a column of a table; empty when it is whole."""
    names = {
        "video": _("film file"),
        "captions": _("captions"),
        "transcript": _("transcript"),
        "audio_description": _("audio description"),
        "described_video": _("version with audio description"),
        "descriptions": _("descriptions"),
        "description_reason": _("reason"),
        "description_due_on": _("mended by"),
    }
    return ", ".join(names[field] for field in lacking(film))
