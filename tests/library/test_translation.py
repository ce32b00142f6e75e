"""Guidance, films and reports are translated through wagtail-localize, every text of them."""

import re
from datetime import date
from uuid import uuid4

import pytest
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from core.publishing import PublishingRefusedError
from library.models import Captions, FilmPage, GuidancePage, ImpactReportPage, TemplatePage
from tests.library.factories import VTT, add, document, library, stream, video


def translate(page, locale, on_commit):
    """Translate every text of ``page`` to itself with “EN ” before it, and publish."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    made = Translation.objects.create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=locale,
            data=f"EN {segment.string.data}"
            if segment.context.path != "slug"
            else f"en-{segment.string.data}",
        )
    with on_commit(execute=True):
        made.save_target(publish=True)
    return type(page).objects.get(translation_key=page.translation_key, locale=locale)


def item(value):
    """An item of a list block as the editor stores it; wagtail-localize passes over bare values."""
    return {"type": "item", "value": value, "id": str(uuid4())}


def english_library(index, locale):
    page = index.copy_for_translation(locale)
    page.slug = "library"
    page.save_revision().publish()
    return page


def test_guidance_is_translated_with_its_steps(
    home, english_home, locales, client, django_capture_on_commit_callbacks
):
    index = library(home)
    english_library(index, locales["en"])
    steps = stream(
        ("step", {"title": "Rita", "text": "<p>Rita kedjan.</p>", "have_ready": [item("Papper")]}),
        ("step", {"title": "Räkna", "text": "<p>Räkna ihop.</p>", "have_ready": [item("Listan")]}),
    )
    page = add(
        index,
        GuidancePage,
        title="Visa nyttan",
        slug="visa",
        introduction="I två steg.",
        body=stream(("text", "<p>Så börjar ni.</p>")),
        steps=steps,
    )
    english = translate(page, locales["en"], django_capture_on_commit_callbacks)
    html = client.get(english.url).content.decode()
    for words in (
        *("EN Visa nyttan", "EN I två steg.", "EN Så börjar ni."),
        *("EN Rita", "EN Rita kedjan.", "EN Papper"),
        *("EN Räkna", "EN Räkna ihop.", "EN Listan"),
    ):
        assert words in html
    main = html.split("<main")[1].split("</main")[0]
    for words in ("Rita", "Papper", "Räkna", "Listan", "Så börjar ni."):
        assert main.count(words) == main.count(f"EN {words}")


ENGLISH_VTT = VTT.replace("Vi är ett ASF", "We are a WISE")


def test_a_films_captions_follow_and_its_texts_are_translated(
    home, english_home, locales, client, django_capture_on_commit_callbacks
):
    index = library(home)
    english_library(index, locales["en"])
    media = video()
    film = add(
        index,
        FilmPage,
        title="Filmen",
        slug="filmen",
        video=media,
        duration=200,
        captions=[("sv", VTT), ("en", ENGLISH_VTT)],
        speakers=stream(("speaker", {"role": "handledare", "name": ""})),
        chapters=stream(("chapter", {"start": "1:23", "title": "Så började det"})),
        transcript="[0:01] Handledare: Allt som sägs.",
        audio_description="missing",
        description_reason="Pengarna räckte inte.",
        description_due_on=date(2027, 6, 1),
    )
    english = translate(film, locales["en"], django_capture_on_commit_callbacks)
    assert english.live
    assert english.video == media
    assert {row.language: row.is_confirmed for row in english.captions.all()} == {
        "sv": True,
        "en": True,
    }
    assert english.own_captions.text == ENGLISH_VTT
    assert english.speakers[0].value["role"] == "EN handledare"
    assert english.chapters[0].value["title"] == "EN Så började det"
    assert english.chapters[0].value["start"] == "1:23"
    assert english.transcript == "EN [0:01] Handledare: Allt som sägs."
    assert english.description_reason == "EN Pengarna räckte inte."
    assert english.description_due_on == date(2027, 6, 1)
    tracks = re.findall(r"<track[^>]*captions[^>]*>", client.get(english.url).content.decode())
    assert [re.search(r'srclang="(..)"', track)[1] for track in tracks if "default" in track] == [
        "en"
    ]


def test_a_translation_without_captions_of_its_own_is_a_draft_until_it_has_them(
    home, english_home, locales, django_capture_on_commit_callbacks
):
    index = library(home)
    english_library(index, locales["en"])
    film = add(index, FilmPage, title="Filmen", slug="filmen")
    with pytest.raises(PublishingRefusedError):
        translate(film, locales["en"], django_capture_on_commit_callbacks)
    assert not FilmPage.objects.get(locale=locales["en"]).live
    film.captions.add(Captions(language="en", text=ENGLISH_VTT, confirmed=True))
    film.save()
    made = Translation.objects.get()
    made.source.update_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        made.save_target(publish=True)
    assert FilmPage.objects.get(locale=locales["en"]).live


def test_a_transcript_that_nobody_has_translated_is_built_from_the_translations_captions(
    home, english_home, locales, django_capture_on_commit_callbacks
):
    index = library(home)
    english_library(index, locales["en"])
    captions = [("sv", VTT), ("en", ENGLISH_VTT)]
    film = add(index, FilmPage, title="Filmen", slug="filmen", captions=captions)
    source, _created = TranslationSource.update_or_create_from_instance(film)
    made = Translation.objects.create(source=source, target_locale=locales["en"])
    with django_capture_on_commit_callbacks(execute=True):
        made.save_target(publish=True)
    assert FilmPage.objects.get(locale=locales["en"]).transcript == "[0:01] We are a WISE."
    film.refresh_from_db()
    assert film.transcript == "Allt som sägs."


def test_a_reports_figures_are_translated_and_keep_their_numbers(
    home, english_home, locales, django_capture_on_commit_callbacks
):
    index = library(home)
    english_library(index, locales["en"])
    figure = {"label": "Avtal", "value": "36", "unit": "avtal", "comparison": "", "source": "Vi"}
    page = add(index, ImpactReportPage, slug="r", figures=stream(("figure", figure)))
    english = translate(page, locales["en"], django_capture_on_commit_callbacks)
    value = english.figures[0].value
    assert (value["label"], value["unit"], value["source"]) == ("EN Avtal", "EN avtal", "EN Vi")
    assert value["value"] == 36
    assert english.year == 2022


def test_an_english_template_may_have_a_document_of_its_own(
    home, english_home, locales, client, django_capture_on_commit_callbacks
):
    index = library(home)
    english_library(index, locales["en"])
    swedish_file, english_file = document("Mallen"), document("The template", language="en")
    page = add(index, TemplatePage, slug="mallen", document=swedish_file)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    segment = source.overridablesegment_set.get(context__path="document")
    made = Translation.objects.create(source=source, target_locale=locales["en"])
    segment.context.overrides.create(locale=locales["en"], data_json=str(english_file.pk))
    with django_capture_on_commit_callbacks(execute=True):
        made.save_target(publish=True)
    english = TemplatePage.objects.get(locale=locales["en"])
    assert english.document == english_file
    assert english_file.url in client.get(english.url).content.decode()
