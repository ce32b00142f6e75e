"""Closed vocabularies of campaigns and press."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CampaignPhase(models.TextChoices):
    """Where a campaign is in its life, in order."""

    COMING = "coming", _("Coming")
    CALL = "call", _("Open for registration")
    PROGRAMME = "programme", _("The programme is set")
    RUNNING = "running", _("Running now")
    FINISHED = "finished", _("Finished")


class AccessFact(models.TextChoices):
    """What a visitor with a disability needs to know of a place; the value stands in addresses."""

    STEP_FREE = "step_free", _("Step-free all the way in")
    ACCESSIBLE_TOILET = "accessible_toilet", _("Accessible toilet")
    HEARING_LOOP = "hearing_loop", _("Hearing loop")
    SIGN_LANGUAGE = "sign_language", _("Someone who signs")
    QUIET_PLACE = "quiet_place", _("A quiet place to rest")
    PARKING = "parking", _("Parking for people with disabilities")


class BookingMode(models.TextChoices):
    """How a visitor gets a place; the value stands in addresses."""

    DROP_IN = "drop_in", _("Drop in, no booking")
    HERE = "here", _("Book here")
    CONTACT = "contact", _("Contact the organiser")
    ONLINE = "online", _("Book on the organiser’s own site")


class OrganiserStatus(models.TextChoices):
    """Where an event is on its way, as its organiser sees it."""

    UNCONFIRMED = "unconfirmed", _("You have not confirmed your address")
    IN_REVIEW = "in_review", _("We are reading your event")
    SENT_BACK = "sent_back", _("Something must be changed")
    PUBLISHED = "published", _("In the programme")
    CHANGE_IN_REVIEW = "change_in_review", _("In the programme; we are reading your change")
    CHANGE_SENT_BACK = "change_sent_back", _("In the programme; your change must be changed")
    HIDDEN = "hidden", _("Not in the programme")
    CANCELLED = "cancelled", _("Cancelled")
    OVER = "over", _("It is over")


class BookingState(models.TextChoices):
    """Whether a booking has its places."""

    CONFIRMED = "confirmed", _("Confirmed")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", pgettext_lazy("a booking", "Cancelled")


class BookingMailKind(models.TextChoices):
    """What a visitor is told by mail about a booking."""

    CONFIRMED = "confirmed", _("Places confirmed")
    WAITING = "waiting", _("On the waiting list")
    MOVED_UP = "moved_up", _("Moved up from the waiting list")
    REPEATED = "repeated", _("Already booked")
    CANCELLED = "cancelled", _("Cancelled by the visitor")
    EVENT_CANCELLED = "event_cancelled", _("Event cancelled")
    EVENT_CHANGED = "event_changed", _("Event changed")
    REMINDER = "reminder", _("Reminder")


class MaterialKind(models.TextChoices):
    """What a piece of the campaign kit is."""

    LOGO = "logo", _("Logo")
    POSTER = "poster", _("Poster")
    TEXT = "text", _("Text")
    PICTURE = "picture", _("Picture")
    OTHER = "other", _("Other")


class PressKind(models.TextChoices):
    """The kinds of item in the press room; the value stands in addresses."""

    RELEASE = "release", _("Press release")
    DEBATE = "debate", _("Debate article")
    RECORDING = "recording", _("Film or recorded webinar")


class MediaKind(models.TextChoices):
    """What is in the media bank; the value stands in addresses."""

    PICTURE = "picture", _("Pictures")
    FILM = "film", _("Films")


class ChangeKind(models.TextChoices):
    """What a republication of a press page is for its readers."""

    MINOR = "minor", _("Minor change, not told to readers")
    UPDATE = "update", _("Update, told in the history")
    CORRECTION = "correction", _("Correction, told at the top")
