"""What a reviewer reads beside the form: standing, criteria, likenesses, differences, history."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import ObjectList, Panel
from wagtail.models import TaskState

from asflist.menu import PUBLISH
from asflist.models import Enterprise, ListingEvent
from asflist.models.enterprise_criteria import RESERVED_SHARE
from asflist.owners.standing import standing_of
from asflist.review.alike import find_alike
from asflist.review.differences import Difference, differences
from asflist.review.fields import TABS
from asflist.review.legal_forms import SOURCE, read_number
from asflist.review.staff_actions import actions_for

HISTORY = 50


def stored(enterprise: Enterprise) -> Enterprise:
    """Return the entry as visitors would see it, not as its latest revision has it."""
    return Enterprise.objects.select_related("locale").get(pk=enterprise.pk)


class ReviewPart(Panel):
    """A part of the review, for those who may judge entries in the source language."""

    class BoundPanel(Panel.BoundPanel):
        def is_shown(self) -> bool:
            may_judge = self.request.user.has_perm(PUBLISH)
            is_source = self.instance.language == settings.LANGUAGE_CODE
            return bool(super().is_shown() and self.instance.pk and may_judge and is_source)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return super().get_context_data(parent_context) | self.part()

        def part(self) -> dict[str, Any]:
            """Return what the part's template shows."""
            raise NotImplementedError


class StandingPanel(ReviewPart):
    """State, reason and what staff can do with the entry."""

    class BoundPanel(ReviewPart.BoundPanel):
        template_name = "asflist/admin/standing.html"

        def part(self) -> dict[str, Any]:
            entry = stored(self.instance)
            return {
                "entry": entry,
                "standing": standing_of(entry),
                "actions": actions_for(entry),
            }


class OwnersPanel(ReviewPart):
    """Who looks after the entry."""

    class BoundPanel(ReviewPart.BoundPanel):
        template_name = "asflist/admin/owners.html"

        def part(self) -> dict[str, Any]:
            entry = stored(self.instance)
            return {"entry": entry, "owners": entry.owners.order_by("created_at")}


class CriteriaPanel(ReviewPart):
    """The criteria with their proofs, what the number says, and the share."""

    class BoundPanel(ReviewPart.BoundPanel):
        template_name = "asflist/admin/criteria.html"

        def part(self) -> dict[str, Any]:
            entry = self.instance
            return {
                "entry": entry,
                "number": read_number(entry),
                "source": SOURCE,
                "reserved_share": RESERVED_SHARE,
            }


class AlikePanel(ReviewPart):
    """Other entries that may be the same enterprise."""

    class BoundPanel(ReviewPart.BoundPanel):
        template_name = "asflist/admin/alike.html"

        def part(self) -> dict[str, Any]:
            return {"alike": find_alike(self.instance)}


class DifferencesPanel(ReviewPart):
    """What the latest revision changes in what visitors see, or since it was sent back."""

    class BoundPanel(ReviewPart.BoundPanel):
        template_name = "asflist/admin/differences.html"

        def part(self) -> dict[str, Any]:
            entry = stored(self.instance)
            judged = sent_back(entry)
            return {
                "on_the_list": entry.live,
                "changes": changes(entry, self.instance, self.request) if entry.live else [],
                "was_sent_back": judged is not None,
                "since": changes(judged, self.instance, self.request) if judged else [],
            }


def changes(before: Enterprise, after: Enterprise, request: HttpRequest) -> list[Difference]:
    """Return how the fields of the form differ."""
    return differences(before, after, TABS, request)


def sent_back(entry: Enterprise) -> Enterprise | None:
    """Return the entry as the reviewer last sent it back in the review that goes on, if so."""
    review = entry.current_workflow_state
    if review is None:
        return None
    judged = review.task_states.filter(status=TaskState.STATUS_REJECTED).order_by("pk").last()
    return judged.revision.as_object() if judged else None


class HistoryPanel(ReviewPart):
    """Who did what, when and why."""

    class BoundPanel(ReviewPart.BoundPanel):
        template_name = "asflist/admin/history.html"

        def part(self) -> dict[str, Any]:
            events = ListingEvent.objects.filter(enterprise=self.instance.pk)
            return {
                "events": events.select_related("user", "owner")[:HISTORY],
            }


class ReviewTab(ObjectList):
    """The tab of what a reviewer reads; its address is the same in any language, for links."""

    clean_name = "review"


REVIEW = ReviewTab(
    [
        StandingPanel(heading=_("State")),
        CriteriaPanel(heading=_("Criteria to check")),
        DifferencesPanel(heading=_("What has changed")),
        AlikePanel(heading=_("Entries alike")),
        OwnersPanel(heading=_("Owners")),
        HistoryPanel(heading=_("History")),
    ],
    heading=_("Review"),
)
