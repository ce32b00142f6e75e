"""What an enterprise tells of a year: figures, own indicators, and what has been corrected."""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from asflist.enums import ReportState


class YearlyReportQuerySet(models.QuerySet["YearlyReport"]):
    """Named questions about reports."""

    def sent(self) -> Self:
        """Reports that have been sent in, corrected or not."""
        return self.filter(state=ReportState.SENT)

    def counted(self) -> Self:
        """What the statistics are made of: sent reports of social enterprises on the list now.

        A paused, declined or withdrawn entry leaves the statistics as it leaves the list.
        """
        from asflist.models.enterprise import Enterprise

        public = Enterprise.objects.published().in_source_language().social_enterprises()
        return self.sent().filter(enterprise__in=public)


class YearlyReport(models.Model):
    """One enterprise's figures for one calendar year; ``enterprise`` is in the source language.

    ``typed`` is the owner's form as it was left, right or wrong, until it has been sent. Size,
    industry and county are those of the report, whatever the entry says later.
    """

    enterprise = models.ForeignKey(
        "asflist.Enterprise", on_delete=models.CASCADE, related_name="yearly_reports"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT
    )
    employees = models.PositiveIntegerField(
        _("employees"), null=True, blank=True, help_text=_("People employed on 31 December.")
    )
    participants = models.PositiveIntegerField(
        _("participants"),
        null=True,
        blank=True,
        help_text=_("People in work training or other rehabilitation at any time of the year."),
    )
    target_group_share = models.PositiveSmallIntegerField(
        _("share from the target group"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Percent of all who were employed or occupied."),
    )
    to_work = models.PositiveIntegerField(
        _("went on to work"),
        null=True,
        blank=True,
        help_text=_("Participants who left for employment, with you or somebody else."),
    )
    to_study = models.PositiveIntegerField(
        _("went on to study"),
        null=True,
        blank=True,
        help_text=_("Participants who left for school or other education."),
    )
    training_hours = models.PositiveIntegerField(
        _("hours of work training"),
        null=True,
        blank=True,
        help_text=_("All participants together, the whole year."),
    )
    turnover = models.PositiveBigIntegerField(
        _("turnover"),
        null=True,
        blank=True,
        help_text=_("Kronor. Everything that came in during the year, grants included."),
    )
    sales = models.PositiveBigIntegerField(
        _("of which sales"),
        null=True,
        blank=True,
        help_text=_("Kronor. What customers paid for goods and services."),
    )
    main_industry = models.ForeignKey(
        "asflist.Industry",
        verbose_name=_("main industry"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"locale__language_code": settings.LANGUAGE_CODE, "parent": None},
        help_text=_("What you sold most of."),
    )
    county_code = models.CharField(_("county"), max_length=2, blank=True, editable=False)
    typed: Any = models.JSONField(default=dict, editable=False)
    sent_at = models.DateTimeField(_("sent in"), null=True, editable=False)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = YearlyReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly report")
        verbose_name_plural = _("yearly reports")
        ordering = ["-year", "enterprise__sort_key", "pk"]
        indexes = [models.Index(fields=["state", "year"], name="yearly_report_state_year")]
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "year"], name="unique_yearly_report"),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | Q(sent_at__isnull=False),
                name="yearly_report_sent_has_day",
            ),
            models.CheckConstraint(
                condition=Q(sales=None) | Q(turnover=None) | Q(sales__lte=F("turnover")),
                name="yearly_report_sales_in_turnover",
                violation_error_message=_("Sales are a part of the turnover, and cannot be more."),
            ),
            models.CheckConstraint(
                condition=Q(target_group_share=None) | Q(target_group_share__lte=100),
                name="yearly_report_share_is_percent",
                violation_error_message=_("A share is at most 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enterprise} {self.year}"

    @property
    def is_sent(self) -> bool:
        """Whether it has been sent in."""
        return self.state == ReportState.SENT


class OwnIndicator(models.Model):
    """A figure of the enterprise's own choice; it stands on its own page and in no statistics."""

    report = models.ForeignKey(
        YearlyReport, on_delete=models.CASCADE, related_name="own_indicators"
    )
    label = models.CharField(_("what you count"), max_length=80)
    value = models.DecimalField(_("figure"), max_digits=14, decimal_places=2)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("own indicator")
        verbose_name_plural = _("own indicators")
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return self.label


class YearlyReportChange(models.Model):
    """One field of a sent report that was corrected: by whom, when, why; never changed itself.

    ``user`` is staff. An owner is ``by_owner``, and forgotten with the owner. Neither: the site.
    """

    report = models.ForeignKey(YearlyReport, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(_("figure"), max_length=40)
    old = models.CharField(_("before"), max_length=200, blank=True)
    new = models.CharField(_("after"), max_length=200, blank=True)
    note = models.CharField(_("why"), max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_owner = models.BooleanField(default=False)
    owner = models.ForeignKey(
        "asflist.EnterpriseOwner", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("correction of a report")
        verbose_name_plural = _("corrections of reports")
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="report_change_has_note")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.field}"


class ClosedReportYear(models.Model):
    """A year that takes no new reports; what has been sent can still be corrected."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    closed_at = models.DateTimeField(_("closed"), auto_now_add=True)

    class Meta:
        verbose_name = _("closed year")
        verbose_name_plural = _("closed years")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)
