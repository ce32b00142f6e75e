"""Embargo: a translation never goes out before the page it is translated from.

The moment itself is Wagtail's own schedule. Every way of publishing ends in ``PressPage.publish``
or, from the editor's form, in the hook ``before_publish_page``; both ask ``moment_for``. A way that
asks neither is refused when the page is saved.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.models import Page, Revision

from campaigns.dates import LONG

if TYPE_CHECKING:
    from campaigns.models.press_page import PressPage

#: The moment of a translation whose source has none yet: it waits until the source has been
#: scheduled or published, and then follows it.
WAITING = datetime(9000, 1, 1, tzinfo=UTC)


def source_of(page: PressPage) -> Page | None:
    """Return the page in the source language that ``page`` is a translation of, or None."""
    source: Page | None = (
        Page.objects.filter(
            translation_key=page.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )
        .exclude(pk=page.pk)
        .first()
    )
    return source


def source_moment(page: PressPage) -> datetime | None:
    """Return the moment (aware) that ``page`` has to wait for; None when it waits for nothing.

    ``WAITING`` when its source has neither been published nor been given a moment.
    """
    source = source_of(page)
    if source is None:
        return None
    if source.scheduled_revision:
        moment: datetime = source.scheduled_revision.approved_go_live_at
        return moment
    return WAITING if source.first_published_at is None else None


def moment_for(page: PressPage, own: datetime | None) -> datetime | None:
    """Return when ``page`` goes out if its editor has asked for ``own`` (None: now)."""
    return max(filter(None, (own, source_moment(page))), default=None)


def refuse_before_source(page: PressPage) -> None:
    """Raise ``ValidationError`` if ``page``, about to be saved as live, must still wait."""
    moment = source_moment(page)
    if moment and moment > timezone.now():
        raise ValidationError(
            _("The page is a translation, and the page it is translated from is not public yet.")
        )


def move_translations(source: PressPage, moment: datetime) -> None:
    """Let the scheduled translations of ``source`` go out at ``moment``, or later if so asked.

    What an editor has asked for stands in the revision's content; ``approved_go_live_at`` is when
    it happens.
    """
    translations = Page.objects.filter(translation_key=source.translation_key).exclude(pk=source.pk)
    for page in translations:
        revision = page.scheduled_revision
        if revision is None:
            continue
        own = parse_datetime(revision.content.get("go_live_at") or "")
        new = max(moment, own) if own else moment
        if new != revision.approved_go_live_at:
            Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=new)
            Page.objects.filter(pk=page.pk, live=False).update(go_live_at=new)


def in_words(moment: datetime) -> str:
    """Return ``moment`` (aware) with its time zone: an embargo is read in other countries as well.

    For example ``"lördag 8 maj 2027 kl. 06.00 (svensk tid, UTC+2)"``.
    """
    swedish = timezone.localtime(moment, timezone.get_default_timezone())
    return _("%(day)s at %(time)s (Swedish time, UTC%(offset)s)") % {
        "day": date_format(swedish, LONG),
        "time": date_format(swedish, pgettext("format of a time, for Django", "H:i")),
        "offset": f"{swedish:%z}"[:3].replace("+0", "+"),
    }
