"""Districts, process leaders, surveys and certification in the admin."""

from __future__ import annotations

from importlib import import_module

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, LocaleColumn, TitleColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from asflist.certification.admin import CertificateViewSet, CertificationStepViewSet
from asflist.models import District, ProcessLeader, Survey, SurveyQuestion, SurveyRound


class DistrictViewSet(SnippetViewSet):
    """Districts."""

    model = District
    icon = "site"
    menu_label = _("Districts")
    list_display = ["name", Column("contact_name", label=_("Contact")), LocaleColumn()]
    list_filter = ["locale"]


class ProcessLeaderViewSet(SnippetViewSet):
    """Process leaders."""

    model = ProcessLeader
    icon = "user"
    menu_label = _("Process leaders")
    list_display = ["name", Column("email", label=_("E-mail")), LocaleColumn()]
    list_filter = ["locale"]
    list_per_page = 50


class SurveyViewSet(SnippetViewSet):
    """Surveys."""

    model = Survey
    icon = "form"
    menu_label = _("Surveys")
    list_display = ["title", LocaleColumn()]


class SurveyQuestionViewSet(SnippetViewSet):
    """Their questions."""

    model = SurveyQuestion
    icon = "help"
    menu_label = _("Survey questions")
    list_display = ["text", "survey", "sort_order", LocaleColumn()]
    list_filter = ["survey", "locale"]


class SurveyRoundViewSet(SnippetViewSet):
    """The rounds, each with the way to its answers."""

    model = SurveyRound
    icon = "date"
    menu_label = _("Survey rounds")
    list_display = [
        "__str__",
        TitleColumn(
            "answers",
            label=_("Answers"),
            accessor=lambda occasion: _("Fill in the answers"),
            get_url=lambda occasion: reverse("survey_answers", args=[occasion.pk]),
        ),
        "published",
    ]


class RegionGroup(SnippetViewSetGroup):
    """What is around the list: places, surveys and certification."""

    menu_label = _("Counties and certification")
    menu_icon = "site"
    menu_order = 255
    items = (
        DistrictViewSet,
        ProcessLeaderViewSet,
        SurveyViewSet,
        SurveyQuestionViewSet,
        SurveyRoundViewSet,
        CertificationStepViewSet,
        CertificateViewSet,
    )


register_snippet(RegionGroup)
import_module("asflist.regions.admin_views")
