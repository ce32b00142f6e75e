"""The same questions asked to every county at several dates."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import PreviewableMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField, TranslatableField

from asflist.enums import QuestionKind
from asflist.models.regional import TranslatedQuerySet
from asflist.places import counties_by_code, county_choices

SOURCE_ONLY = {"locale__language_code": settings.LANGUAGE_CODE}


class Survey(PreviewableMixin, TranslatableMixin, models.Model):
    """A set of questions that is asked again."""

    title = models.CharField(
        _("title"), max_length=120, help_text=_("What the survey is about, for readers.")
    )
    slug = models.SlugField(
        _("slug"), max_length=60, help_text=_("The word that stands in addresses. Keep it.")
    )
    introduction = models.TextField(
        _("introduction"),
        max_length=500,
        blank=True,
        help_text=_("Who was asked, how, and what readers must know of the answers."),
    )
    source = models.CharField(
        _("source"),
        max_length=160,
        help_text=_("Who has gathered the figures. It stands below every chart."),
    )

    objects = TranslatedQuerySet.as_manager()

    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("introduction"),
        FieldPanel("source"),
    ]
    override_translatable_fields = [
        TranslatableField("title"),
        TranslatableField("introduction"),
        TranslatableField("source"),
        SynchronizedField("slug", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "locale"],
                name="unique_survey_slug",
                violation_error_message=_("Another survey has this slug already."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "asflist/regions/survey_preview.html"


class SurveyQuestion(PreviewableMixin, TranslatableMixin, models.Model):
    """A question; answers belong to the one in the source language."""

    survey = models.ForeignKey(
        Survey,
        verbose_name=_("survey"),
        on_delete=models.CASCADE,
        related_name="questions",
        limit_choices_to=SOURCE_ONLY,
    )
    text = models.CharField(
        _("question"),
        max_length=160,
        help_text=_("What is counted: “New agreements between ASFs and public actors”."),
    )
    unit = models.CharField(
        _("unit"), max_length=40, blank=True, help_text=_("What one is: “agreements”.")
    )
    code = models.SlugField(
        _("code"),
        max_length=40,
        help_text=_("The question's column in files: “agreements”. Do not change it."),
    )
    kind = models.CharField(
        _("kind of answer"), max_length=10, choices=QuestionKind, default=QuestionKind.NUMBER
    )
    sort_order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Lower numbers come first.")
    )

    objects = TranslatedQuerySet.as_manager()

    panels = [
        FieldPanel("survey"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("unit"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("code"), FieldPanel("sort_order")]),
    ]
    override_translatable_fields = [
        TranslatableField("text"),
        TranslatableField("unit"),
        SynchronizedField("survey", overridable=False),
        SynchronizedField("code", overridable=False),
        SynchronizedField("kind", overridable=False),
        SynchronizedField("sort_order", overridable=False),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("survey question")
        verbose_name_plural = _("survey questions")
        ordering = ["sort_order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "code", "locale"],
                name="unique_question_code",
                violation_error_message=_("Another question of the survey has this code."),
            )
        ]

    def __str__(self) -> str:
        return self.text

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "asflist/regions/question_preview.html"


class SurveyRound(PreviewableMixin, models.Model):
    """One time that the survey was asked."""

    survey = models.ForeignKey(
        Survey,
        verbose_name=_("survey"),
        on_delete=models.CASCADE,
        related_name="rounds",
        limit_choices_to=SOURCE_ONLY,
    )
    asked_on = models.DateField(
        _("asked"), help_text=_("A day in the month; readers see the month and the year.")
    )
    published = models.BooleanField(
        _("published"), default=False, help_text=_("Readers see the answers when it is ticked.")
    )

    panels = [
        FieldPanel("survey"),
        FieldRowPanel([FieldPanel("asked_on"), FieldPanel("published")]),
    ]

    class Meta:
        verbose_name = _("survey round")
        verbose_name_plural = _("survey rounds")
        ordering = ["asked_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "asked_on"],
                name="unique_round_day",
                violation_error_message=_("The survey has a round on that day already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey} {self.asked_on:%Y-%m-%d}"

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "asflist/regions/round_preview.html"


class SurveyAnswer(models.Model):
    """What a county answered; ``county_code`` is empty for a figure given for the whole country."""

    round = models.ForeignKey(SurveyRound, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(SurveyQuestion, on_delete=models.CASCADE, related_name="answers")
    county_code = models.CharField(
        _("county"), max_length=2, blank=True, default="", choices=county_choices
    )
    value = models.PositiveIntegerField(
        _("value"), help_text=_("A number; for yes or no, 1 is yes and 0 is no.")
    )

    class Meta:
        verbose_name = _("survey answer")
        verbose_name_plural = _("survey answers")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "question", "county_code"], name="one_answer_a_cell"
            ),
            models.CheckConstraint(
                condition=Q(county_code="") | Q(county_code__in=tuple(counties_by_code())),
                name="survey_answer_county_exists",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.question_id} {self.county_code}"

    def clean(self) -> None:
        """Refuse what is neither yes nor no, and another survey's question."""
        super().clean()
        if self.round.survey_id != self.question.survey_id:
            raise ValidationError({"question": _("The question belongs to another survey.")})
        most = 1 if self.county_code else len(counties_by_code())
        if self.question.kind == QuestionKind.YES_NO and (self.value or 0) > most:
            raise ValidationError({"value": _("Write 1 for yes and 0 for no.")})
