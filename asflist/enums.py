"""Closed vocabularies of the list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalForm(models.TextChoices):
    """The legal form of an enterprise."""

    ECONOMIC_ASSOCIATION = "economic_association", _("Economic association")
    NON_PROFIT_ASSOCIATION = "non_profit_association", _("Non-profit association")
    LIMITED_COMPANY = "limited_company", _("Limited company")
    FOUNDATION = "foundation", _("Foundation")
    OTHER = "other", _("Other legal form")


class SpokenLanguage(models.TextChoices):
    """A language that customers are met in: ISO 639-1, else ISO 639-3."""

    SWEDISH = "sv", _("Swedish")
    ENGLISH = "en", _("English")
    SWEDISH_SIGN_LANGUAGE = "swl", _("Swedish Sign Language")
    ALBANIAN = "sq", _("Albanian")
    ARABIC = "ar", _("Arabic")
    BOSNIAN = "bs", _("Bosnian")
    DARI = "prs", _("Dari")
    FINNISH = "fi", _("Finnish")
    FRENCH = "fr", _("French")
    KURMANJI = "kmr", _("Kurmanji")
    MEANKIELI = "fit", _("Meänkieli")
    PERSIAN = "fa", _("Persian")
    POLISH = "pl", _("Polish")
    ROMANI = "rom", _("Romani")
    RUSSIAN = "ru", _("Russian")
    NORTHERN_SAMI = "se", _("Northern Sami")
    SOMALI = "so", _("Somali")
    SORANI = "ckb", _("Sorani")
    SPANISH = "es", _("Spanish")
    THAI = "th", _("Thai")
    TIGRINYA = "ti", _("Tigrinya")
    TURKISH = "tr", _("Turkish")
    GERMAN = "de", _("German")
    UKRAINIAN = "uk", _("Ukrainian")
