"""Closed vocabularies of the list."""

from __future__ import annotations

from datetime import timedelta

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


class EntryType(models.TextChoices):
    """What an entry on the list is; the value stands in addresses."""

    ENTERPRISE = "asf", _("Social enterprise")
    SALES_ORGANISATION = "sales", _("Sales organisation")


class ListingState(models.TextChoices):
    """Where an entry stands. Only what is approved is public; a change of it waits beside it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent in")
    CHANGES_REQUESTED = "changes_requested", _("To be changed")
    APPROVED = "approved", _("On the list")
    DECLINED = "declined", _("Declined")
    PAUSED = "paused", _("Paused")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @classmethod
    def with_reason(cls) -> tuple[ListingState, ...]:
        """The states that nobody is put in without being told why."""
        return (cls.CHANGES_REQUESTED, cls.DECLINED)

    @classmethod
    def reviewed(cls) -> tuple[ListingState, ...]:
        """The states in which the entry stays as it was approved while a change waits beside it."""
        return (cls.APPROVED, cls.PAUSED)


class ListingAction(models.TextChoices):
    """What somebody did with an entry."""

    SUBMITTED = "submitted", _("Sent in the application")
    CONFIRMED_ADDRESS = "confirmed_address", _("Confirmed the address")
    REQUESTED_CHANGES = "requested_changes", _("Asked for changes")
    APPROVED = "approved", _("Approved the application")
    DECLINED = "declined", _("Declined the application")
    CHANGED = "changed", _("Sent in a change")
    CHANGE_APPROVED = "change_approved", _("Approved the change")
    CHANGE_SENT_BACK = "change_sent_back", _("Sent the change back")
    PAUSED = "paused", _("Paused the entry")
    RESUMED = "resumed", _("Put back on the list")
    WITHDRAWN = "withdrawn", _("Took it off the list")
    ASKED = "asked", _("Asked whether the entry is right")
    REMINDED = "reminded", _("Reminded the owner")
    CONFIRMED = "confirmed", _("Confirmed that the entry is right")
    OWNER_ADDED = "owner_added", _("Added an owner")
    OWNER_REMOVED = "owner_removed", _("Removed an owner")
    LINK_SENT = "link_sent", _("Sent an owner a new link")
    HANDED_OVER = "handed_over", _("Handed the entry over")
    CORRECTED = "corrected", _("Corrected the entry")
    REVIEW_STOPPED = "review_stopped", _("Stopped the review")
    IMPORTED = "imported", _("Imported the entry")
    MERGED = "merged", _("Merged a duplicate into the entry")
    INDUSTRY_CHANGED = "industry_changed", _("Merged or renamed an industry")
    CERTIFIED = "certified", _("Certified the enterprise")
    CERTIFICATE_ENDED = "certificate_ended", _("Ended the certificate")
    CERTIFICATION_STEP = "certification_step", _("Marked a step of the certification")

    @classmethod
    def with_reason(cls) -> tuple[ListingAction, ...]:
        """What is never done without telling why."""
        return (cls.REQUESTED_CHANGES, cls.DECLINED, cls.CHANGE_SENT_BACK)


class Procurement(models.TextChoices):
    """A way in which public bodies buy (LOU, lag 2016:1145); the value stands in addresses."""

    RESERVED = "reserved", _("Reserved contract")
    DIRECT = "direct", _("Direct procurement")
    IOP = "iop", _("Public–non-profit partnership (IOP)")
    FRAMEWORK = "framework", _("Call-off from a framework agreement")
    OPEN = "open", _("Open procurement")


class Criterion(models.TextChoices):
    """A criterion of the list; the value is the name of the field on ``Enterprise``."""

    INTEGRATES = "integrates", _("Its main purpose is to integrate people into work")
    PARTICIPATION = "participation", _("Participants and employees take part in decisions")
    REINVESTS = "reinvests", _("It reinvests its surplus mainly in its purpose")
    INDEPENDENT = "independent", _("It is independent of the public sector")


# Freshness and the staff's register tools.


class ConfirmationAnswer(models.TextChoices):
    """How the yearly question was answered, or why nobody waits for an answer any more."""

    RIGHT = "right", _("Still right")
    CHANGED = "changed", _("Changed")
    LEFT = "left", _("Left the list")
    CLOSED = "closed", _("Closed without an answer")


class ImportAs(models.TextChoices):
    """What a new entry in an import becomes; only those who may publish may choose the last."""

    DRAFT = "draft", _("Drafts that staff go on with")
    SUBMITTED = "submitted", _("Applications that wait for review")
    APPROVED = "approved", _("Published on the list at once")


class RowFate(models.TextChoices):
    """What becomes of a row of an import."""

    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("As it was")
    BROKEN = "broken", _("Left out")


# Surveys of the counties.


class QuestionKind(models.TextChoices):
    """How a survey's question is answered."""

    NUMBER = "number", _("Number")
    YES_NO = "yes_no", _("Yes or no")


class ReportState(models.TextChoices):
    """Whether a yearly report is being written or has been sent in."""

    DRAFT = "draft", _("Draft")
    SENT = "sent", _("Sent in")


# Enquiries and saved searches.


class EnquiryState(models.TextChoices):
    """Where an enquiry stands."""

    UNCONFIRMED = "unconfirmed", _("Not confirmed")
    SENT = "sent", _("Sent")
    STOPPED = "stopped", _("Stopped")


class AnswerState(models.TextChoices):
    """What an entry has answered to an enquiry."""

    WAITING = "waiting", _("Not answered")
    CAN = "can", _("Can do it")
    CANNOT = "cannot", _("Cannot do it")
    DECLINED = "declined", _("Said no")
    LEFT = "left", _("Had left the list")

    @classmethod
    def answers(cls) -> tuple[AnswerState, ...]:
        """The states that a receiver has chosen."""
        return (cls.CAN, cls.CANNOT, cls.DECLINED)


class EnquiryOutcome(models.TextChoices):
    """What came of an enquiry."""

    DEAL = "deal", _("It led to a deal")
    NONE = "none", _("It led to no deal")


class WatchFrequency(models.TextChoices):
    """How often somebody is told of what is new to a search."""

    DAILY = "daily", _("The day after something new has come")
    WEEKLY = "weekly", _("Once a week")

    @property
    def interval(self) -> timedelta:
        """The least time between two looks: a little less than the clock's, which drifts."""
        days = 1 if self == WatchFrequency.DAILY else 7
        return timedelta(days=days) - timedelta(hours=4)


class StatisticsTable(models.TextChoices):
    """A table of the public statistics; the value stands in files."""

    TOTAL = "total", _("All of Sweden")
    COUNTY = "county", _("County")
    INDUSTRY = "industry", _("Industry")
    SIZE = "size", _("Size")


class SizeClass(models.TextChoices):
    """Employees and participants together, in a yearly report."""

    SMALLEST = "0-9", _("Fewer than 10 people")
    SMALL = "10-19", _("10–19 people")
    MEDIUM = "20-49", _("20–49 people")
    LARGE = "50-", _("50 people or more")


class Hidden(models.TextChoices):
    """Why a figure is not published; the value stands in files."""

    TOO_FEW = "fewer_than_three", _("Fewer than three enterprises have reported it.")
    PROTECTED = "protected", _("Left out so that no other figure can be worked out.")
    NOBODY = "not_reported", _("Nobody has reported it.")
