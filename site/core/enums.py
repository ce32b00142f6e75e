"""Closed vocabularies that every room shares."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """For whom a page is written."""

    ASF = "asf", _("People in ASFs")
    MUNICIPALITY = "municipality", _("Municipalities and authorities")
    COMPANY = "company", _("Companies")
    PUBLIC = "public", _("The public")


class ContentLanguage(models.TextChoices):
    """The language of a file or a track, as ISO 639 codes."""

    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")
