"""Press releases, contacts and campaigns in two languages, through wagtail-localize."""

from __future__ import annotations

import json

import pytest
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from campaigns.models import (
    CampaignPage,
    Event,
    PressContact,
    PressReleaseContact,
    PressReleasePage,
    PressReleasePicture,
    PressRoomContact,
    PressSettings,
)
from core.models import Theme
from tests.campaigns.factories import (
    PressContactFactory,
    PressReleasePageFactory,
    make_campaign,
    make_event,
)


@pytest.fixture
def translate(django_capture_on_commit_callbacks):
    """A function that translates with the given words (Swedish → English) and publishes."""

    def run(instance, locale, texts):
        # wagtail-localize publishes when its transaction has gone through.
        with django_capture_on_commit_callbacks(execute=True):
            translation = make_translation(instance, locale, texts)
        return translation.get_target_instance()

    return run


def make_translation(instance, locale, texts):
    source, _created = TranslationSource.update_or_create_from_instance(instance)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in texts:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": texts[segment.string.data]},
            )
    translation.save_target(publish=True)
    return translation


@pytest.fixture
def contact(locales):
    return PressContactFactory(locale=locales["sv"])


@pytest.fixture
def release(press_room, contact, make_image, locales):
    release = PressReleasePageFactory(
        parent=press_room,
        title="24 ASF öppnar sina dörrar",
        slug="24-asf",
        body=json.dumps([{"type": "text", "value": "<p>Kom och se.</p>"}]),
    )
    PressReleaseContact.objects.create(page=release, contact=contact, sort_order=0)
    PressReleasePicture.objects.create(
        page=release,
        image=make_image(),
        alt_text="En cykel lagas",
        caption="Lördag på verkstaden",
        locale=locales["sv"],
    )
    return release


ENGLISH = {
    "24 ASF öppnar sina dörrar": "24 ASFs open their doors",
    "24-asf": "24-asfs",
    "Fler ASF öppnar sina dörrar.": "More ASFs open their doors.",
    "Kom och se.": "Come and see.",
    "En cykel lagas": "A bicycle is mended",
    "Lördag på verkstaden": "Saturday at the workshop",
}


def test_a_release_is_translated_with_its_pictures_and_the_contact_of_the_language(
    client, translate, release, contact, english_press_room, locales
):
    translate(contact, locales["en"], {"Svarar om ASF som bransch": "Answers on ASFs as a sector"})
    english = translate(release, locales["en"], ENGLISH)
    html = client.get(english.url).content.decode()
    assert english.url == "/en/press/24-asfs/"
    assert isinstance(english, PressReleasePage)
    for words in ("24 ASFs open their doors", "Come and see.", "Saturday at the workshop"):
        assert words in html
    assert 'alt="A bicycle is mended"' in html
    assert "Answers on ASFs as a sector" in html
    assert "Svarar om ASF som bransch" not in html
    assert "Monday 1 March 2027" in html


def test_a_contact_that_is_not_translated_is_shown_as_it_is(
    client, translate, release, english_press_room, locales
):
    english = translate(release, locales["en"], ENGLISH)
    html = client.get(english.url).content.decode()
    assert "Svarar om ASF som bransch" in html
    assert 'href="tel:+46846500420"' in html


def test_translating_again_leaves_one_contact_and_one_picture(
    translate, release, contact, english_press_room, locales
):
    translate(release, locales["en"], ENGLISH)
    english = translate(release, locales["en"], ENGLISH)
    assert english.contact_links.count() == 1
    assert english.pictures.count() == 1
    assert PressReleasePicture.objects.count() == 2


def test_a_contact_s_number_and_address_are_not_words_to_translate(contact):
    source, _created = TranslationSource.update_or_create_from_instance(contact)
    words = {segment.string.data for segment in source.stringsegment_set.all()}
    assert words == {contact.name, contact.role}


@pytest.fixture
def english_campaign(translate, campaigns, english_home, locales):
    """An English campaign whose Swedish source has an event at a café in Gävle."""
    campaigns.copy_for_translation(locales["en"]).save_revision().publish()
    campaign = make_campaign(campaigns, title="Öppet hus-dagen", slug="oppet-hus", days=90)
    make_event(campaign, host="Gavlebuktens Kvarterscafé", slug="kaffe")
    return translate(
        campaign,
        locales["en"],
        {"Öppet hus-dagen": "Open-house day", "oppet-hus": "open-house"},
    )


def test_the_english_campaign_shows_the_same_events(client, english_campaign):
    html = client.get(english_campaign.url).content.decode()
    assert isinstance(english_campaign, CampaignPage)
    assert Event.objects.count() == 1
    assert "Gavlebuktens Kvarterscafé" in html
    assert "Gävleborg County" in html
    assert 'href="/en/kampanjer/open-house/kaffe/" lang="sv"' in html


def test_the_english_call_is_for_the_same_campaign(client, english_campaign):
    source = Event.objects.get().campaign
    html = client.get(english_campaign.url).content.decode()
    assert f'href="/en/open-doors/{source.pk}/"' in html


def test_an_event_has_a_page_in_each_language_and_they_lead_to_each_other(client, english_campaign):
    swedish, english = "/kampanjer/oppet-hus/kaffe/", "/en/kampanjer/open-house/kaffe/"
    event = Event.objects.get()
    assert event.get_url(language="sv") == swedish
    assert event.get_url(language="en") == english
    for own, other, code in ((swedish, english, "en"), (english, swedish, "sv")):
        html = client.get(own).content.decode()
        assert f'<a class="nav-link" href="{other}" lang="{code}"' in html
        assert f'hreflang="{code}" href="http://testserver{other}"' in html
        assert f'<link rel="canonical" href="http://testserver{own}">' in html
    html = client.get(english).content.decode()
    assert '<h1 lang="sv">' in html
    assert f'href="{english_campaign.url.replace("http://localhost", "")}"' in html


def test_an_event_of_a_campaign_without_translation_leads_to_the_page_that_says_so(
    client, campaigns, english_home
):
    event = make_event(make_campaign(campaigns, slug="dagen"))
    html = client.get(event.get_url()).content.decode()
    assert '<a class="nav-link" href="/en/kampanjer/dagen/" lang="en"' in html
    assert client.get("/en/kampanjer/dagen/").status_code == 200
    assert client.get(event.get_url(language="en")).status_code == 200


def test_the_boilerplate_is_the_reader_s(client, translate, release, english_press_room, locales):
    settings = PressSettings.objects.create(
        boilerplate="<p>Ett ASF är ett företag.</p>", locale=locales["sv"]
    )
    translate(settings, locales["en"], {"Ett ASF är ett företag.": "An ASF is an enterprise."})
    english = translate(release, locales["en"], ENGLISH)
    assert "An ASF is an enterprise." in client.get(english.url).content.decode()
    assert "Ett ASF är ett företag." in client.get(release.url).content.decode()


def test_the_english_pages_keep_the_budget_of_queries(
    translate, release, contact, press_room, english_press_room, locales, count_queries
):
    """With all that a page may hold: area, link in the text, contact, picture, related pages."""
    theme = Theme.objects.create(name="Pengar", slug="p", summary="S", locale=locales["sv"])
    theme.copy_for_translation(locales["en"]).save()
    link = f'<p>Kom till <a linktype="page" id="{press_room.pk}">oss</a>.</p>'
    PressRoomContact.objects.create(page=english_press_room, contact=contact)
    PressSettings.objects.create(boilerplate="<p>ASF.</p>", locale=locales["sv"])
    translate(contact, locales["en"], {})
    for page in (release, PressReleasePageFactory(parent=press_room, slug="annan")):
        page.themes = [theme]
        page.body = json.dumps([{"type": "text", "value": link}])
        page.save_revision().publish()
        english = translate(page, locales["en"], {})
    assert PressContact.objects.count() == 2
    assert english.related_pages().count() == 1
    assert count_queries(english.url) <= 15
    assert count_queries(english_press_room.url) <= 15
