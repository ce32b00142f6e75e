"""How results are grouped, whatever room they come from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

ENTERPRISE = "enterprise"
DOCUMENT = "document"
EVENT = "event"


class Group(models.TextChoices):
    """The groups of results, in the order in which readers see them."""

    ENTERPRISES = "asf", _("ASFs")
    PRESS = "press", _("Press")
    FILMS = "films", _("Films")
    HANDBOOKS = "handbooks", _("Handbooks and chapters")
    GUIDANCE = "guidance", _("Guidance")
    TEMPLATES = "templates", _("Templates")
    STORIES = "stories", _("Stories and reports")
    CAMPAIGNS = "campaigns", _("Campaigns")
    EVENTS = "events", _("Events")
    PAGES = "pages", _("Pages")
    DOCUMENTS = "documents", _("Documents")

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the index that make up the group; the pages are what no other group has."""
        return frozenset(kind for kind, group in GROUP_OF_KIND.items() if group == self)


# Names of models, not models: a kind is stored in the index, and a group may change without it.
GROUP_OF_KIND: dict[str, Group] = {
    ENTERPRISE: Group.ENTERPRISES,
    "pressreleasepage": Group.PRESS,
    "debatearticlepage": Group.PRESS,
    "mediabankpage": Group.PRESS,
    "filmpage": Group.FILMS,
    "handbookpage": Group.HANDBOOKS,
    "chapterpage": Group.HANDBOOKS,
    "guidancepage": Group.GUIDANCE,
    "templatepage": Group.TEMPLATES,
    "impactstorypage": Group.STORIES,
    "impactreportpage": Group.STORIES,
    "campaignpage": Group.CAMPAIGNS,
    EVENT: Group.EVENTS,
    DOCUMENT: Group.DOCUMENTS,
}


def group_of(kind: str) -> Group:
    """Return the group that a kind of the index belongs to."""
    return GROUP_OF_KIND.get(kind, Group.PAGES)
