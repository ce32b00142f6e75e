"""Closed vocabularies of campaigns and press."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CampaignPhase(models.TextChoices):
    """Where a campaign is in its life."""

    COMING = "coming", _("Coming")
    RUNNING = "running", _("Running now")
    FINISHED = "finished", _("Finished")


class PressKind(models.TextChoices):
    """The kinds of press page; the value stands in addresses."""

    RELEASE = "release", _("Press release")
    DEBATE = "debate", _("Debate article")
