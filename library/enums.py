"""Closed vocabularies of the library."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FilmKind(models.TextChoices):
    """What a moving picture is."""

    FILM = "film", _("Film")
    WEBINAR = "webinar", _("Recorded webinar")


class FilmVersion(models.TextChoices):
    """What of a film is played: as addresses name it (``?version=described``)."""

    MAIN = "main", _("The film")
    DESCRIBED = "described", _("With audio description")
    SIGNED = "signed", _("In sign language")


class AudioDescription(models.TextChoices):
    """How what is only seen in a film reaches those who do not see it (WCAG 1.2.5)."""

    NOT_NEEDED = "not_needed", _("Not needed: all that matters is said")
    VERSION = "version", _("There is a version with audio description")
    TRACK = "track", _("There is a text track with descriptions")
    MISSING = "missing", _("It is missing, and we say so")


class Length(models.TextChoices):
    """How long it takes to read or watch something."""

    SHORT = "short", _("Up to 5 minutes")
    MEDIUM = "medium", _("5–15 minutes")
    LONG = "long", _("More than 15 minutes")


class TemplateKind(models.TextChoices):
    """What a template is used for."""

    RESERVED_CONTRACT = "reserved_contract", _("Reserved contract")
    DIRECT_PROCUREMENT = "direct_procurement", _("Direct procurement")
    IOP = "iop", _("Public–non-profit partnership (IOP)")
    OTHER = "other", _("Other")


class Lane(models.TextChoices):
    """For whom a theory of change tells what changes."""

    PERSON = "person", _("For the person")
    ASF = "asf", _("For the ASF")
    SOCIETY = "society", _("For society")


class BookFormat(models.TextChoices):
    """The files that a handbook is made into."""

    PDF = "pdf", _("PDF")
    EPUB = "epub", _("EPUB")


class BookState(models.TextChoices):
    """How it is with a handbook's file."""

    MADE = "made", _("Made")
    WAITING = "waiting", _("Waits to be made")
    BEING_MADE = "being_made", _("Is being made")
    FAILED = "failed", _("Could not be made")
