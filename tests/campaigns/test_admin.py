"""The room in the admin: lists with columns and filters, snippets, and who sees them."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from campaigns.models import CampaignPage, DebateArticlePage, PressPage, PressReleasePage
from tests.campaigns.factories import (
    CampaignPageFactory,
    DebateArticlePageFactory,
    PressContactFactory,
    PressReleasePageFactory,
)


def test_press_releases_are_listed_with_their_dates_and_filtered_by_them(
    admin_client_sv, press_room
):
    PressReleasePageFactory(parent=press_room, title="Gammalt nytt", date=date(2026, 4, 1))
    PressReleasePageFactory(parent=press_room, title="Färskt nytt", date=date(2027, 1, 15))
    url = reverse("press_releases:index")
    everything = admin_client_sv.get(url).content.decode()
    assert "Gammalt nytt" in everything
    assert "2026" in everything
    filtered = admin_client_sv.get(url, {"date__gte": "2027-01-01"}).content.decode()
    assert "Färskt nytt" in filtered
    assert "Gammalt nytt" not in filtered


def test_debate_articles_are_listed_by_newspaper(admin_client_sv, press_room):
    DebateArticlePageFactory(parent=press_room, title="Hos oss", newspaper="Allehanda")
    DebateArticlePageFactory(parent=press_room, title="Hos dem", newspaper="Tidningen")
    url = reverse("debate_articles:index")
    html = admin_client_sv.get(url, {"newspaper__icontains": "alle"}).content.decode()
    assert "Hos oss" in html
    assert "Hos dem" not in html


def test_campaigns_are_listed_with_their_days(admin_client_sv, campaigns):
    CampaignPageFactory(parent=campaigns, title="Öppet hus-dagen")
    url = reverse("campaigns:index")
    html = admin_client_sv.get(url).content.decode()
    assert "Öppet hus-dagen" in html
    assert "8 maj 2027" in html
    assert (
        "Öppet hus-dagen"
        not in admin_client_sv.get(url, {"starts_on__gte": "2027-05-09"}).content.decode()
    )


def test_contacts_are_listed_and_edited(admin_client_sv, locales):
    contact = PressContactFactory(locale=locales["sv"])
    viewset = type(contact).snippet_viewset
    assert admin_client_sv.get(reverse(viewset.get_url_name("list"))).status_code == 200
    edit = reverse(viewset.get_url_name("edit"), args=[contact.pk])
    assert contact.email in admin_client_sv.get(edit).content.decode()


@pytest.mark.parametrize(
    ("model", "parent"),
    [
        (CampaignPage, "campaigns"),
        (PressReleasePage, "press_room"),
        (DebateArticlePage, "press_room"),
    ],
)
def test_an_editor_gets_a_form_for_each_page_type(admin_client_sv, request, model, parent):
    url = reverse(
        "wagtailadmin_pages:add",
        args=["campaigns", model._meta.model_name, request.getfixturevalue(parent).pk],
    )
    assert admin_client_sv.get(url).status_code == 200


def test_the_pages_know_their_place(home, campaigns, press_room):
    assert not PressPage.can_create_at(press_room)
    assert PressReleasePage.can_create_at(press_room)
    assert not PressReleasePage.can_create_at(campaigns)
    assert not type(press_room).can_create_at(home)
    assert not type(campaigns).can_create_at(home)


def test_every_field_says_what_to_write():
    for model in (CampaignPage, PressReleasePage, DebateArticlePage):
        own = {field.name for field in model._meta.local_fields if field.editable}
        for name in own - {f"{parent.__name__.lower()}_ptr" for parent in model.__bases__}:
            assert model._meta.get_field(name).help_text, f"{model.__name__}.{name}"
