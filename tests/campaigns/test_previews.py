"""What editors see before they publish, also of what is not saved yet."""

from __future__ import annotations

from datetime import date

import pytest

from campaigns.models import (
    CampaignIndexPage,
    CampaignMaterial,
    CampaignPage,
    CampaignSeriesPage,
    DebateArticlePage,
    PressContact,
    PressReleaseContact,
    PressReleasePage,
    PressReleasePicture,
    PressRoomPage,
    PressSettings,
)
from tests.campaigns.factories import (
    CampaignPageFactory,
    PressContactFactory,
    PressReleasePageFactory,
    make_event,
)

DAY = date(2027, 5, 8)


@pytest.mark.parametrize(
    ("page_type", "fields"),
    [
        (CampaignIndexPage, {}),
        (CampaignSeriesPage, {}),
        (CampaignPage, {"starts_on": DAY, "ends_on": DAY}),
        (PressRoomPage, {}),
        (PressReleasePage, {}),
        (DebateArticlePage, {"newspaper": "Allehanda"}),
    ],
)
def test_a_page_is_previewed_before_it_is_saved(home, locales, page_type, fields):
    page = page_type(title="Ny sida", slug="ny", locale=locales["sv"], **fields)
    # What the admin's preview of a new page sets.
    page.path, page.depth = f"{home.path}0099", home.depth + 1
    response = page.make_preview_request()
    assert response.status_code == 200
    assert "Ny sida" in response.content.decode()


def test_a_preview_shows_contacts_and_pictures_that_are_not_saved(press_room, locales, make_image):
    release = PressReleasePageFactory(parent=press_room)
    contact = PressContactFactory(locale=locales["sv"])
    release.contact_links = [PressReleaseContact(contact=contact)]
    release.pictures = [
        PressReleasePicture(image=make_image(), alt_text="En cykel lagas", locale=locales["sv"])
    ]
    html = release.make_preview_request().content.decode()
    assert "tel:+46846500420" in html
    assert "En cykel lagas" in html


def test_a_preview_shows_the_kit_that_is_not_saved_and_the_events_that_are(
    campaigns, locales, make_image
):
    campaign = CampaignPageFactory(parent=campaigns)
    make_event(campaign, title="Kaffe på kajen")
    campaign.material = [CampaignMaterial(image=make_image(title="Logotyp"), locale=locales["sv"])]
    html = campaign.make_preview_request().content.decode()
    assert "Logotyp" in html
    assert "Kaffe på kajen" in html


def test_contacts_and_press_texts_have_previews(home, locales):
    contact = PressContact(
        name="Pressjouren", phone="08-465 004 20", email="p@example.org", locale=locales["sv"]
    )
    assert "Pressjouren" in contact.make_preview_request().content.decode()
    texts = PressSettings(boilerplate="<p>Ett ASF är ett företag.</p>", locale=locales["sv"])
    assert "Ett ASF är ett företag." in texts.make_preview_request().content.decode()
