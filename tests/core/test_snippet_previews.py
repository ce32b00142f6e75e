"""Every snippet that staff edit can be previewed."""

import pytest
from django.urls import reverse
from wagtail.snippets.models import get_snippet_models

from asflist.models import (
    CertificationStep,
    District,
    Enterprise,
    Industry,
    ProcessLeader,
    Survey,
    SurveyQuestion,
    SurveyRound,
)
from campaigns.models import Event, MediaBankItem, PressContact, PressSettings
from core.models import OrganisationSettings, Theme
from library.models import GlossaryTerm
from tests.asflist.factories import make_enterprise, make_industry, make_list_page
from tests.asflist.region_factories import SEPTEMBER, make_round, make_survey
from tests.campaigns.factories import CampaignIndexPageFactory, make_campaign, make_event

MODELS = [
    CertificationStep,
    District,
    Enterprise,
    Event,
    GlossaryTerm,
    Industry,
    MediaBankItem,
    OrganisationSettings,
    PressContact,
    PressSettings,
    ProcessLeader,
    Survey,
    SurveyQuestion,
    SurveyRound,
    Theme,
]
OUR_ROOMS = ("asflist", "campaigns", "core", "home", "library", "search")


@pytest.fixture
def make(home, make_image):
    """Return what makes a snippet that is called Kafé Ett: ``make(Theme)``."""
    return lambda model: make_snippet(model, home, make_image)


def make_snippet(model, home, make_image):
    if model is Event:
        return make_event(make_campaign(CampaignIndexPageFactory(parent=home)), title="Kafé Ett")
    if model is MediaBankItem:
        image = make_image()
        image.credit, image.licence = "Foto: Skoopi", ""
        image.save()
        values = {"title": "Kafé Ett", "image": image, "alt_text": "Ett kafé."}
        return MediaBankItem.objects.create(locale=home.locale, **values)
    if model is Enterprise:
        make_list_page(home)
        return make_enterprise(name="Kafé Ett")
    if model is SurveyQuestion:
        survey = make_survey()
        return SurveyQuestion.objects.create(
            survey=survey, text="Kafé Ett", code="ett", locale=home.locale
        )
    if model is SurveyRound:
        return make_round(make_survey(title="Kafé Ett"), SEPTEMBER, {})
    if model is Industry:
        return make_industry(name="Kafé Ett")
    values = {
        CertificationStep: {"title": "Kafé Ett", "text": "Vi läser.", "evidence": "Stadgar."},
        District: {"name": "Kafé Ett", "counties": ["21"]},
        ProcessLeader: {"name": "Kafé Ett", "email": "p@example.org", "counties": ["21"]},
        Survey: {"title": "Kafé Ett", "slug": "ett", "source": "Skoopi"},
        GlossaryTerm: {"term": "Kafé Ett", "definition": "Ett kafé."},
        Theme: {"name": "Kafé Ett", "slug": "ett", "summary": "Ett område."},
        OrganisationSettings: {"name": "Kafé Ett", "email": "info@example.org"},
        PressContact: {"name": "Kafé Ett", "phone": "08-465 004 20", "email": "p@example.org"},
        PressSettings: {"boilerplate": "<p>Kafé Ett</p>"},
    }
    return model.objects.create(locale=home.locale, **values[model])


def test_every_snippet_has_its_case():
    ours = {model for model in get_snippet_models() if model._meta.app_label in OUR_ROOMS}
    assert ours == set(MODELS)


@pytest.mark.parametrize("model", MODELS)
def test_a_snippet_is_previewed_as_visitors_see_it(make, rf, superuser, model):
    snippet = make(model)
    response = snippet.make_preview_request(rf.get("/"))
    assert response.status_code == 200
    response.render()
    assert "Kafé Ett" in response.content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_the_edit_view_offers_the_preview(make, admin_client_sv, model):
    snippet = make(model)
    name = f"wagtailsnippets_{model._meta.app_label}_{model._meta.model_name}:edit"
    response = admin_client_sv.get(reverse(name, args=[snippet.pk]))
    assert response.status_code == 200
    assert "w-preview" in response.content.decode()
