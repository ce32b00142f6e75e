"""The media bank: press pictures and films, by kind, theme and tag, one by one and as a zip."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtailmedia.models import Media

from campaigns.models import MediaBankItem, MediaBankPage
from core.dates import swedish_today
from core.models import Rendition, Theme
from library.models import FilmPage, LibraryIndexPage
from tests.library.factories import complete_film

YESTERDAY = timedelta(days=1)


@pytest.fixture
def bank(press_room):
    return press_room.add_child(
        instance=MediaBankPage(
            title="Mediebank",
            slug="mediebank",
            introduction="Bilder att ta.",
            locale=press_room.locale,
        )
    )


@pytest.fixture
def english_bank(bank, english_press_room, locales):
    page = bank.copy_for_translation(locales["en"])
    page.title = "Media bank"
    page.save_revision().publish()
    return page


@pytest.fixture
def theme(locales):
    theme = Theme.objects.create(
        name="Kompetens", slug="kompetens", summary="Lära sig.", locale=locales["sv"]
    )
    english = theme.copy_for_translation(locales["en"])
    english.name = "Competence"
    english.save()
    return theme


@pytest.fixture
def make_picture(make_image, locales):
    """A factory of pictures in the bank: ``make_picture("Caféet", tags=["kaffe"])``."""

    def make(title, *, tags=(), themes=(), size=(64, 48), licence="press", **fields):
        image = make_image(title=title, size=size)
        image.credit, image.licence = "Foto: ASF Lyfter", licence
        image.save()
        item = MediaBankItem(
            title=title, image=image, alt_text=f"Man ser {title}", locale=locales["sv"], **fields
        )
        item.full_clean()
        item.tags.add(*tags)
        item.themes.set(themes)
        item.save()
        return item

    return make


@pytest.fixture
def film(home, make_image):
    index = home.add_child(instance=LibraryIndexPage(title="Bibliotek", slug="bibliotek"))
    video = Media.objects.create(
        title="Film", type="video", duration=60, file=ContentFile(b"film" * 300, name="film.mp4")
    )
    film = FilmPage(
        title="Vad är ett ASF?",
        slug="vad",
        video=video,
        duration=200,
        listing_image=make_image(size=(640, 360)),
        locale=home.locale,
    )
    complete_film(film)
    return index.add_child(instance=film)


@pytest.fixture
def film_item(film, locales):
    item = MediaBankItem(
        title="Film om ASF",
        film=film,
        film_credit="Film: ASF Lyfter",
        film_licence="cc-by-4.0",
        locale=locales["sv"],
    )
    item.full_clean()
    item.save()
    return item


def titles(response):
    html = response.content.decode()
    return re.findall(r'<article class="media-item">.*?<h3[^>]*>(.*?)</h3>', html, re.DOTALL)


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def choices(response, name):
    (facet,) = [facet for facet in response.context["bank"].facets if facet.name == name]
    return {choice.value: choice.count for choice in facet.choices}


def ticked(*items):
    return {"item": [item.pk for item in items]}


def unzip(response):
    content = b"".join(response.streaming_content)
    assert len(content) == int(response["Content-Length"])
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def test_a_picture_has_its_words_its_terms_and_both_its_sizes(client, bank, make_picture):
    item = make_picture("Caféet", caption="Kaffe i Gävle", licence="cc-by-4.0", size=(1600, 1000))
    response = client.get(bank.url)
    html, text = response.content.decode(), text_of(response)
    assert 'alt="Man ser Caféet"' in html
    assert "Kaffe i Gävle" in text
    assert "Foto: ASF Lyfter" in text
    assert 'href="https://creativecommons.org/licenses/by/4.0/deed.sv" rel="license' in html
    assert "1600 × 1000 px" in text
    assert "1280 × 800 px" in text
    for url in (item.image.file.url, item.image.web_size["url"]):
        assert f'href="{url}" download' in html
        answer = client.get(url)
        assert answer.status_code == 200
        size = len(b"".join(answer.streaming_content))
        assert size in (item.image.file_size, item.image.web_size["size"])


def test_a_visit_makes_no_rendition(client, bank, make_picture):
    make_picture("Caféet")
    before = set(Rendition.objects.values_list("pk", flat=True))
    client.get(bank.url)
    assert set(Rendition.objects.values_list("pk", flat=True)) == before


def test_a_small_picture_has_no_size_for_the_web(client, bank, make_picture):
    item = make_picture("Liten", size=(900, 600))
    assert item.image.web_size is None
    assert client.get(bank.url).content.decode().count('" download') == 1


def test_a_film_leads_to_its_page_and_its_file(client, bank, film, film_item):
    response = client.get(bank.url)
    html, text = response.content.decode(), text_of(response)
    assert f'href="{film.url}"' in html
    assert f'href="{film.video.url}" download' in html
    assert "Film: ASF Lyfter" in text
    assert "(MP4, 1,2 kB)" in text
    assert "3 min 20 s" in text


def hide(film):
    PageViewRestriction.objects.create(page=film, restriction_type=PageViewRestriction.LOGIN)


@pytest.mark.parametrize("withdraw", [FilmPage.unpublish, hide])
def test_a_film_whose_page_nobody_may_see_is_not_there(client, bank, film, film_item, withdraw):
    withdraw(film)
    response = client.get(bank.url)
    assert titles(response) == []
    assert film.video.url not in response.content.decode()
    answer = client.get(reverse("media_bank_zip"), ticked(film_item))
    assert answer.status_code == 302


def test_the_newest_stands_first_and_the_address_filters(
    client, bank, make_picture, film_item, theme
):
    make_picture("Ett", tags=["kaffe", "händer"], themes=[theme])
    make_picture("Två", tags=["kaffe"])
    make_picture("Tre", themes=[theme])
    everything = client.get(bank.url)
    assert titles(everything) == ["Tre", "Två", "Ett", "Film om ASF"]
    assert choices(everything, "kind") == {"picture": 3, "film": 1}
    assert choices(everything, "theme") == {"kompetens": 2}
    assert choices(everything, "tag") == {"kaffe": 2, "händer": 1}
    assert titles(client.get(bank.url, {"tag": "kaffe"})) == ["Två", "Ett"]
    assert titles(client.get(bank.url, {"kind": "film"})) == ["Film om ASF"]
    both = client.get(bank.url, {"tag": "kaffe", "theme": "kompetens"})
    assert titles(both) == ["Ett"]
    assert choices(both, "tag") == {"kaffe": 1, "händer": 1}
    assert titles(client.get(bank.url, {"tag": "'\"><b>", "kind": "x", "page": "y"})) == titles(
        everything
    )


def test_where_filters_leave_nothing_the_page_says_what_to_take_away(
    client, bank, make_picture, film_item
):
    make_picture("Ett", tags=["kaffe"])
    response = client.get(bank.url, {"tag": "kaffe", "kind": "film"})
    assert titles(response) == []
    assert [(row.url, row.count) for row in response.context["bank"].removable] == [
        (f"{bank.url}?tag=kaffe", 1),
        (f"{bank.url}?kind=film", 1),
    ]


def test_a_picture_whose_consent_has_ended_is_in_no_list_and_no_zip(client, bank, make_picture):
    gone, left = make_picture("Borta", tags=["kaffe"]), make_picture("Kvar")
    gone.image.consent_expires_on = swedish_today() - YESTERDAY
    gone.image.save()
    left.image.consent_expires_on = swedish_today()
    left.image.save()
    response = client.get(bank.url)
    assert titles(response) == ["Kvar"]
    assert "Borta" not in response.content.decode()
    assert choices(response, "tag") == {}
    archive = unzip(client.get(reverse("media_bank_zip"), ticked(gone, left)))
    assert [name.rpartition("/")[2] for name in archive.namelist() if "kvar" in name] == [
        "kvar.png"
    ]
    assert not [name for name in archive.namelist() if "borta" in name]


def test_a_selection_is_one_zip_of_originals_with_their_terms(
    client, bank, make_picture, film, film_item
):
    one = make_picture("Kaffe på gång", caption="I Gävle")
    other = make_picture("Kaffe på gång")
    make_picture("Inte vald")
    response = client.get(reverse("media_bank_zip"), ticked(one, other, film_item))
    assert response["Content-Type"] == "application/zip"
    archive = unzip(response)
    files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    (terms_name,) = [name for name in files if name.endswith(".txt")]
    terms = files.pop(terms_name).decode("utf-8-sig")
    assert sorted(files) == ["film-om-asf.mp4", "kaffe-pa-gang-2.png", "kaffe-pa-gang.png"]
    with one.image.file.open() as file:
        assert file.read() in files.values()
    with film.video.file.open() as file:
        assert files["film-om-asf.mp4"] == file.read()
    for words in ("kaffe-pa-gang.png", "Foto: ASF Lyfter", "I Gävle", "Man ser Kaffe på gång"):
        assert words in terms
    assert "deed.sv" in terms
    assert "Inte vald" not in terms


def test_the_zip_is_streamed_and_no_cache_keeps_it(client, bank, make_picture):
    response = client.get(reverse("media_bank_zip"), ticked(make_picture("Caféet")))
    assert response.streaming
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("query", ["", "item=", "item=x", "item=999999", "item=" + "9" * 400])
def test_nothing_chosen_is_said_on_the_page(client, bank, make_picture, query):
    make_picture("Caféet")
    response = client.get(f"{reverse('media_bank_zip')}?{query}", follow=True)
    assert response.redirect_chain[0][0].startswith(bank.url)
    html = response.content.decode()
    assert 'id="problem" role="alert"' in html
    assert "noindex" in html


def test_too_much_is_refused_with_the_boxes_still_ticked_and_the_filter_kept(
    client, bank, make_picture, monkeypatch
):
    items = [make_picture("Ett", tags=["a"]), make_picture("Två", tags=["a"])]
    monkeypatch.setattr("campaigns.press.media_bank.MOST_FILES", 1)
    response = client.get(reverse("media_bank_zip"), {**ticked(*items), "tag": "a"}, follow=True)
    assert response.content.decode().count(" checked") == 2
    assert response.context["bank"].chosen == {"tag": "a"}
    assert response.context["bank"].problem
    monkeypatch.setattr("campaigns.press.media_bank.MOST_FILES", 50)
    monkeypatch.setattr("campaigns.press.media_bank.MOST_BYTES", 10)
    heavy = client.get(reverse("media_bank_zip"), ticked(items[0]), follow=True)
    assert heavy.context["bank"].problem != response.context["bank"].problem


def test_a_file_that_the_storage_has_lost_breaks_no_zip(client, bank, make_picture):
    lost, left = make_picture("Borta"), make_picture("Kvar")
    lost.image.file.storage.delete(lost.image.file.name)
    archive = unzip(client.get(reverse("media_bank_zip"), ticked(lost, left)))
    assert len(archive.namelist()) == 2


def test_without_a_public_bank_there_is_no_zip(client, bank, make_picture):
    item = make_picture("Caféet")
    bank.unpublish()
    assert client.get(reverse("media_bank_zip"), ticked(item)).status_code == 404


def translate(item, locale, texts):
    source, _created = TranslationSource.update_or_create_from_instance(item)
    translated, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in texts:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                locale=locale,
                context=segment.context,
                defaults={"data": texts[segment.string.data]},
            )
    translated.save_target(publish=True)
    return translated.get_target_instance()


def test_words_are_translated_and_the_rest_follows_the_source(
    client, bank, english_bank, make_picture, theme, locales
):
    item = make_picture("Caféet", caption="Kaffe i Gävle", tags=["kaffe"], themes=[theme])
    words = {
        "Caféet": "The café",
        "Man ser Caféet": "One sees the café",
        "Kaffe i Gävle": "Coffee in Gävle",
    }
    source, _created = TranslationSource.update_or_create_from_instance(item)
    assert {row.string.data for row in source.stringsegment_set.all()} == set(words)
    english = translate(item, locales["en"], words)
    assert (english.image, english.alt_text) == (item.image, "One sees the café")
    item.tags.add("händer")
    item.save()
    translate(item, locales["en"], words)
    response = client.get(english_bank.url)
    assert titles(response) == ["The café"]
    assert 'alt="One sees the café"' in response.content.decode()
    assert "Coffee in Gävle" in text_of(response)
    assert "Competence (1)" in text_of(response)
    assert choices(response, "tag") == {"kaffe": 1, "händer": 1}
    assert titles(client.get(bank.url)) == ["Caféet"]


def test_what_is_not_translated_is_shown_in_its_own_language(
    client, english_bank, make_picture, film_item
):
    item = make_picture("Caféet")
    response = client.get(english_bank.url)
    assert titles(response) == ["Caféet", "Film om ASF"]
    assert '<h3 lang="sv">Caféet</h3>' in response.content.decode()
    with translation.override("en"):
        archive = unzip(client.get(reverse("media_bank_zip"), ticked(item)))
    terms = next(name for name in archive.namelist() if name.endswith(".txt"))
    assert "Credit: Foto: ASF Lyfter" in archive.read(terms).decode("utf-8-sig")


def test_a_film_is_shown_in_the_reader_s_language(client, english_bank, film, film_item, locales):
    film.get_parent().specific.copy_for_translation(locales["en"]).save_revision().publish()
    english = film.copy_for_translation(locales["en"])
    english.slug = "what"
    complete_film(english)
    english.save_revision().publish()
    english.refresh_from_db()
    assert f'href="{english.url}"' in client.get(english_bank.url).content.decode()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_asks_as_many_questions_with_three_items_as_with_thirty(
    bank, english_bank, make_picture, film_item, theme, count_queries, language
):
    page = bank if language == "sv" else english_bank
    tomorrow = timezone.now() + timedelta(days=1)  # so that the film stays on the first page
    MediaBankItem.objects.filter(pk=film_item.pk).update(created_at=tomorrow)

    def add(numbers):
        for number in numbers:
            make_picture(f"Bild {number}", tags=[f"ord {number}"], themes=[theme], size=(64, 48))

    add(range(2))
    few = count_queries(page.url)
    add(range(2, 30))
    assert count_queries(page.url) == few <= 15


def test_a_long_list_is_divided_and_keeps_the_filter(client, bank, make_picture):
    for number in range(26):
        make_picture(f"Bild {number}", tags=["kaffe"], size=(64, 48))
    first = client.get(bank.url, {"tag": "kaffe"})
    assert len(titles(first)) == 24
    assert "tag=kaffe&amp;page=2" in first.content.decode()
    second = client.get(bank.url, {"tag": "kaffe", "page": "2"})
    assert len(titles(second)) == 2
    assert 'name="page" value="2"' in second.content.decode()


def test_the_press_room_shows_the_newest_and_leads_to_all(client, press_room, bank, make_picture):
    for number in range(5):
        make_picture(f"Bild {number}", size=(64, 48))
    html = client.get(press_room.url).content.decode()
    assert re.findall(r'alt="Man ser (Bild \d)"', html) == ["Bild 4", "Bild 3", "Bild 2"]
    assert f'href="{bank.url}"' in html


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "image"),
        ({"alt_text": ""}, "alt_text"),
        ({"credit": ""}, "image"),
        ({"licence": ""}, "image"),
    ],
)
def test_a_picture_needs_alt_text_credit_and_licence(make_image, locales, fields, wrong):
    image = make_image()
    image.credit, image.licence = fields.get("credit", "Foto: A"), fields.get("licence", "press")
    item = MediaBankItem(
        title="Bild",
        image=image if fields else None,
        alt_text=fields.get("alt_text", "En bild"),
        locale=locales["sv"],
    )
    with pytest.raises(ValidationError) as error:
        item.clean()
    assert list(error.value.message_dict) == [wrong]


def test_a_film_needs_credit_and_licence(film, locales):
    with pytest.raises(ValidationError) as error:
        MediaBankItem(title="Film", film=film, locale=locales["sv"]).clean()
    assert list(error.value.message_dict) == ["film_credit", "film_licence"]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"Nyss", "Länge", "Film om ASF"}),
        ({"kind": "film"}, {"Film om ASF"}),
        ({"licence": "cc-by-4.0"}, {"Film om ASF"}),
        ({"consent": "soon"}, {"Nyss"}),
        ({"consent": "ended"}, set()),
    ],
)
def test_staff_see_terms_and_consent_in_the_list_and_filter_by_them(
    admin_client_sv, make_picture, film_item, query, shown
):
    ending = make_picture("Nyss")
    make_picture("Länge")
    ending.image.consent_expires_on = swedish_today()
    ending.image.save()
    url = reverse(MediaBankItem.snippet_viewset.get_url_name("list"))
    html = admin_client_sv.get(url, query).content.decode()
    rows = re.findall(r"<tbody>.*</tbody>", html, re.DOTALL)
    listed = "".join(rows)
    assert {title for title in ("Nyss", "Länge", "Film om ASF") if title in listed} == shown
    assert (ending.image.consent_in_words in html) == ("Nyss" in shown)


def test_an_item_is_previewed_as_it_stands_in_the_bank(home, rf, film_item, make_picture):
    for item, words in ((make_picture("Caféet"), "Foto: ASF Lyfter"), (film_item, "Film: ASF")):
        response = item.make_preview_request(rf.get("/"))
        assert words in response.render().content.decode()
