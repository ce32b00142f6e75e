"""Closed vocabularies of the library."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FilmKind(models.TextChoices):
    """What a moving picture is."""

    FILM = "film", _("Film")
    WEBINAR = "webinar", _("Recorded webinar")


class FilmSeries(models.TextChoices):
    """The series that a film belongs to."""

    FINANCING = "financing", _("The financing films")
    EMPOWERMENT = "empowerment", _("Empowerment and equality")
    PROCUREMENT = "procurement", _("Procurement")
    OTHER = "other", _("Other films")


class TemplateKind(models.TextChoices):
    """What a template is used for."""

    RESERVED_CONTRACT = "reserved_contract", _("Reserved contract")
    DIRECT_PROCUREMENT = "direct_procurement", _("Direct procurement")
    IOP = "iop", _("Public–non-profit partnership (IOP)")
    OTHER = "other", _("Other")
