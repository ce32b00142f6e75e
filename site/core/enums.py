"""Closed vocabularies that every room shares."""

from django.db import models
from django.utils.translation import get_language
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


class Licence(models.TextChoices):
    """On what terms a picture may be used by others."""

    PRESS = "press", _("Free for news about ASFs, with credit")
    CC_BY = "cc-by-4.0", _("CC BY 4.0: free with credit")
    CC0 = "cc0-1.0", _("CC0: free without conditions")
    RESERVED = "reserved", _("All rights reserved")

    @property
    def url(self) -> str:
        """The address of the licence's own text in the reader's language, or an empty string."""
        path = {Licence.CC_BY: "licenses/by/4.0", Licence.CC0: "publicdomain/zero/1.0"}.get(self)
        language = get_language() or "en"
        return f"https://creativecommons.org/{path}/deed.{language}" if path else ""


class TextState(models.TextChoices):
    """Whether what stands in a file can be read by machines: a search, a screen reader."""

    UNKNOWN = "unknown", _("Not looked into")
    READ = "read", _("The text can be read")
    EMPTY = "empty", _("There is no text in it, only pictures")
    UNREADABLE = "unreadable", _("It could not be read")
