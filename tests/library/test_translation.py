"""Guidance, films and reports are translated through wagtail-localize, every text of them."""

from uuid import uuid4

from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from library.models import FilmPage, GuidancePage, ImpactReportPage, TemplatePage
from tests.library.factories import VTT, add, document, library, stream, video


def translate(page, locale, on_commit):
    """Translate every text of ``page`` to itself with “EN ” before it, and publish."""
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=locale)
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
        translation.save_target(publish=True)
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


def test_a_films_captions_follow_and_its_speakers_and_transcript_are_translated(
    home, english_home, locales, django_capture_on_commit_callbacks
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
        captions=[("sv", VTT), ("en", VTT.replace("Vi är", "We are"))],
        speakers=stream(("speaker", {"role": "handledare", "name": ""})),
        transcript="<p>Allt som sägs.</p>",
    )
    english = translate(film, locales["en"], django_capture_on_commit_callbacks)
    assert english.video == media
    assert {row.language for row in english.captions.all()} == {"sv", "en"}
    assert english.speakers[0].value["role"] == "EN handledare"
    assert "EN Allt som sägs." in english.transcript
    film.captions.get(language="en").delete()
    translation = Translation.objects.get()
    translation.source.update_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    english = FilmPage.objects.get(pk=english.pk)
    assert [row.language for row in english.captions.all()] == ["sv"]


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
    translation = Translation.objects.create(source=source, target_locale=locales["en"])
    segment.context.overrides.create(locale=locales["en"], data_json=str(english_file.pk))
    with django_capture_on_commit_callbacks(execute=True):
        translation.save_target(publish=True)
    english = TemplatePage.objects.get(locale=locales["en"])
    assert english.document == english_file
    assert english_file.url in client.get(english.url).content.decode()
