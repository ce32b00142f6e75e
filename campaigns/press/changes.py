"""What a new version of a press page is for its readers: told in a history, or a correction.

The editor's form asks for the kind (``campaigns.press.page_form``). A version that reaches readers
by a way that has no form and says no kind, such as code, counts as minor, and the page's history in
the admin says so: it neither stops what else is scheduled nor disappears without a trace.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Max
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Revision

from campaigns.enums import ChangeKind
from campaigns.models.press_change import PressChange

if TYPE_CHECKING:
    from campaigns.models.press_page import PressPage

#: The action of Wagtail's log for a change that nobody has described.
UNTOLD = "campaigns.untold_change"
TOLD = (ChangeKind.UPDATE, ChangeKind.CORRECTION)


@dataclass(frozen=True)
class Replacement:
    """A version that takes the place of one that readers have seen.

    ``kind`` and ``note`` are the editor's, ``earlier`` the content that is replaced.
    """

    kind: str
    note: str
    earlier: dict[str, Any]


def replacement_by(page: PressPage, stored: PressPage) -> Replacement | None:
    """Return what ``page``, about to be saved, replaces, and empty its fields of the change.

    ``stored`` is the page as the database has it. None unless this save puts a new version before
    readers of a page that has been public.
    """
    published = page.live and page.live_revision_id not in (None, stored.live_revision_id)
    if not published:
        return None
    kind, note = page.change_kind, page.change_note
    page.change_kind = page.change_note = ""
    if stored.first_published_at is None:
        return None
    return Replacement(kind, note, earlier_content(stored) if kind in TOLD else {})


def earlier_content(stored: PressPage) -> dict[str, Any]:
    """Return what readers last saw of the page, as a revision holds it.

    The row itself is not to be trusted: wagtail-localize writes to it before it publishes, and so
    does the editor of a page that has been unpublished.
    """
    revision = stored.live_revision or last_published_revision(stored)
    content: dict[str, Any] = revision.content if revision else stored.specific.serializable_data()
    return content


def last_published_revision(page: PressPage) -> Revision | None:
    """Return the revision that was published last, for a page that is no longer live."""
    entry = (
        PageLogEntry.objects.filter(page=page.pk, action__startswith="wagtail.publish")
        .exclude(action="wagtail.publish.schedule")
        .filter(revision__isnull=False)
        .order_by("-timestamp")
        .first()
    )
    return entry.revision if entry else None


def tell(page: PressPage, replacement: Replacement) -> None:
    """Record the change of ``page``, which has been saved, and forget it in its revisions."""
    if replacement.kind in TOLD:
        is_correction = replacement.kind == ChangeKind.CORRECTION
        highest = page.changes.aggregate(highest=Max("number"))["highest"] or 0
        PressChange.objects.create(
            page_id=page.pk,
            kind=replacement.kind,
            number=highest + 1 if is_correction else None,
            note=replacement.note,
            made_at=page.last_published_at,
            earlier=replacement.earlier if is_correction else None,
        )
    elif not replacement.kind:
        log(instance=page, action=UNTOLD)
    forget_in_revisions(page, replacement)


def forget_in_revisions(page: PressPage, replacement: Replacement) -> None:
    """Empty the fields of the change in the live and in the newest revision.

    A draft that is newer than what was published keeps a note of its own.
    """
    told = {"change_kind": replacement.kind, "change_note": replacement.note}
    for revision in filter(None, (page.live_revision, page.latest_revision)):
        if told.items() <= revision.content.items() and any(told.values()):
            revision.content |= dict.fromkeys(told, "")
            Revision.objects.filter(pk=revision.pk).update(content=revision.content)
