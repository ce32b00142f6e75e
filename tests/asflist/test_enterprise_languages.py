"""Enterprises in two languages, translated by wagtail-localize."""

from __future__ import annotations

import pytest
from django.utils import translation
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from asflist.models import Enterprise
from tests.asflist.factories import make_enterprise, make_industry, make_list_page


@pytest.fixture
def lists(home, english_home):
    return make_list_page(home), make_list_page(english_home)


@pytest.fixture
def translate(locales, django_capture_on_commit_callbacks):
    """Translate an object into English through wagtail-localize, each string as given."""

    def run(instance, texts):
        source, _created = TranslationSource.update_or_create_from_instance(instance)
        to_english, _created = Translation.objects.get_or_create(
            source=source, target_locale=locales["en"]
        )
        for segment in source.stringsegment_set.all():
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locales["en"],
                context=segment.context,
                defaults={"data": texts.get(segment.string.data, f"EN {segment.string.data}")},
            )
        with django_capture_on_commit_callbacks(execute=True):
            to_english.save_target(publish=True)
        return type(instance).objects.get(
            translation_key=instance.translation_key, locale=locales["en"]
        )

    return run


def test_texts_are_translated_and_all_else_follows(lists, translate, client):
    industry = make_industry()
    translate(industry, {"Kafé och catering": "Café and catering"})
    source = make_enterprise(name="Kafé Ån", industries=[industry], tags=["surdeg"], employees=4)
    english = translate(source, {"Kafé Ån": "River Café", "Lunch och fika.": "Lunch and coffee."})
    assert english.live
    assert english.slug == source.slug
    assert english.organisation_number == source.organisation_number
    assert list(english.industries.all()) == [industry]
    assert [tag.name for tag in english.tags.all()] == ["surdeg"]
    assert english.languages == source.languages
    html = client.get("/en/asf-list/kafe-an/").content.decode()
    for text in ("River Café", "Lunch and coffee.", "Café and catering", "Gävleborg County"):
        assert text in html
    assert 'hreflang="sv" href="http://testserver/asf-listan/kafe-an/"' in html
    assert 'hreflang="en" href="http://testserver/en/asf-list/kafe-an/"' in html
    assert "Kafé Ån" in client.get("/asf-listan/kafe-an/").content.decode()

    source.refresh_from_db()
    source.employees = 9
    source.save_revision().publish()
    assert translate(source, {"Kafé Ån": "River Café"}).employees == 9


def test_an_untranslated_entry_stands_in_swedish_and_says_so(lists, client):
    make_enterprise(name="Kafé Ån")
    response = client.get("/en/asf-list/kafe-an/")
    html = response.content.decode()
    assert '<h1 lang="sv">Kafé Ån</h1>' in html
    assert "It is shown in Swedish." in html
    assert '<link rel="canonical" href="http://testserver/asf-listan/kafe-an/">' in html
    assert 'hreflang="en" href' not in html
    assert 'lang="sv">Kafé Ån</a>' in client.get("/en/asf-list/").content.decode()


def test_each_enterprise_stands_once_in_each_language(lists, translate, client):
    translated = make_enterprise(name="Översatt")
    make_enterprise(name="Bara svenska")
    translate(translated, {"Översatt": "Translated"})
    for address in ("/asf-listan/", "/en/asf-list/"):
        assert client.get(address).context["listing"].count == 2
    names = {card.enterprise.name for card in client.get("/en/asf-list/").context["listing"].cards}
    assert names == {"Translated", "Bara svenska"}
    found = client.get("/en/asf-list/?q=translated").context["listing"]
    assert found.count == 1


def test_a_translation_goes_when_its_source_is_taken_away(lists, translate, client):
    source = make_enterprise(name="Kafé Ån")
    translate(source, {"Kafé Ån": "River Café"})
    source.refresh_from_db()
    source.unpublish()
    assert client.get("/en/asf-list/kafe-an/").status_code == 404
    assert client.get("/en/asf-list/").context["listing"].count == 0
    assert not Enterprise.objects.published().exists()


def test_an_entry_whose_translation_is_a_draft_is_shown_in_swedish(lists, translate, client):
    source = make_enterprise(name="Kafé Ån")
    translate(source, {"Kafé Ån": "River Café"}).unpublish()
    html = client.get("/en/asf-list/kafe-an/").content.decode()
    assert "River Café" not in html
    assert "Kafé Ån" in html


def test_counties_are_named_in_the_readers_language():
    from asflist.places import county

    with translation.override("en"):
        assert county("21").name == "Gävleborg County"
    with translation.override("sv"):
        assert county("21").name == "Gävleborgs län"
