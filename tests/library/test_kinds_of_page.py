"""Guidance, templates, stories and reports show what they hold, and stand when they hold little."""

import json
import re
from datetime import date

import pytest
from django.utils import translation

from asflist.models import Enterprise
from library.models import (
    ChapterPage,
    FilmPage,
    GuidancePage,
    HandbookPage,
    ImpactReportPage,
    ImpactStoryPage,
    TemplatePage,
)
from tests.library.factories import (
    PAGE_TYPES,
    add,
    document,
    handbook,
    library,
    stream,
    theme,
    video,
)
from tests.library.queries import MOST, queries_of

HOSTILE = "<script>alert('hej')</script>\"><img src=x onerror=alert(1)>"


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_every_kind_of_page_stands_with_its_optional_fields_empty(home, client, model):
    add(library(home), model, slug="sidan")
    html = get(client, "/kunskapsbank/sidan/")
    assert html.count("<h1") == 1


def test_a_chapter_stands_with_its_optional_fields_empty(home, client):
    handbook(home, 1)
    assert get(client, "/kunskapsbank/boken/kapitel-1/").count("<h1") == 1


@pytest.mark.parametrize("model", [*PAGE_TYPES, ChapterPage])
def test_every_kind_of_page_has_a_preview(home, model):
    parent = handbook(home, 2) if model is ChapterPage else library(home)
    page = add(parent, model, slug="sidan", publish=False)
    response = page.make_preview_request()
    assert response.status_code == 200
    assert page.title in response.content.decode()


@pytest.mark.parametrize("model", [*PAGE_TYPES, ChapterPage])
def test_the_admin_can_add_and_edit_every_kind_of_page(home, admin_client_sv, model):
    parent = handbook(home, 0) if model is ChapterPage else library(home)
    name = model._meta.model_name
    assert admin_client_sv.get(f"/admin/pages/add/library/{name}/{parent.pk}/").status_code == 200
    page = add(parent, model, slug="sidan")
    assert admin_client_sv.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
    assert admin_client_sv.get(f"/admin/pages/{page.pk}/view_draft/").status_code == 200


def test_guidance_is_numbered_steps_with_what_to_have_ready(home, client):
    steps = stream(
        (
            "step",
            {"title": "Rita", "text": "<p>Rita kedjan.</p>", "have_ready": ["Papper", "Pennor"]},
        ),
        ("step", {"title": "Räkna", "text": "<p>Räkna ihop.</p>", "have_ready": []}),
    )
    add(library(home), GuidancePage, slug="sidan", steps=steps)
    html = get(client, "/kunskapsbank/sidan/")
    ordered = re.search(r'<ol class="steps">(.*?)</ol>', html, re.S)[1]
    assert re.findall(r"<h3[^>]*>([^<]*)</h3>", ordered) == ["Rita", "Räkna"]
    ready = re.findall(r"<li><label[^>]*><input[^>]*> <span>([^<]*)</span>", ordered)
    assert ready == ["Papper", "Pennor"]
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert [step["name"] for step in data["step"]] == ["Rita", "Räkna"]


def test_a_template_is_a_download_with_format_and_size(home, client):
    file = document("Förfrågan")
    add(
        library(home),
        TemplatePage,
        slug="sidan",
        document=file,
        template_kind="reserved_contract",
        version="2.1",
        updated_on=date(2026, 3, 9),
    )
    html = get(client, "/kunskapsbank/sidan/")
    assert f'href="{file.url}"' in html
    assert "DOCX" in html
    assert re.search(r"2,0\s*kB|2,0\s*KB", html, re.I)
    assert "2.1" in html
    assert "9 mars 2026" in html
    assert client.get(file.url).status_code == 200


def test_a_template_in_a_draft_is_not_given_out(home, client):
    file = document()
    add(library(home), TemplatePage, slug="sidan", document=file, publish=False)
    assert client.get(file.url).status_code == 404


def test_a_report_shows_the_same_figures_as_key_figures_and_as_a_table(home, client):
    figures = [
        {"label": "Nya avtal", "value": "36", "unit": "avtal", "comparison": "", "source": "Vi"},
        {
            "label": "Omsättning",
            "value": "1234.5",
            "unit": "tkr",
            "comparison": "900 året innan",
            "source": "Bokslut",
        },
    ]
    file = document("Rapporten", "rapport.pdf")
    add(
        library(home),
        ImpactReportPage,
        slug="sidan",
        year=2022,
        figures=stream(*(("figure", figure) for figure in figures)),
        document=file,
    )
    html = get(client, "/kunskapsbank/sidan/").replace("\xa0", " ")
    table = re.search(r"<table>.*?</table>", html, re.S)[0]
    assert "2022" in re.search(r"<caption[^>]*>(.*?)</caption>", table)[1]
    assert re.findall(r'<th scope="row">([^<]*)</th>', table) == ["Nya avtal", "Omsättning"]
    assert "1 234,5 tkr" in table
    assert "900 året innan" in table
    assert "Bokslut" in table
    shown = re.findall(r'<span class="figure-block__value">([^<]*)</span>', html)
    assert [value.strip() for value in shown] == ["36", "1 234,5"]
    assert "PDF" in html


def an_enterprise(locale, **fields):
    return Enterprise.objects.create(
        name="Kaffe & Kaka",
        organisation_number="556016-0680",
        municipality="2180",
        locale=locale,
        **fields,
    )


def test_a_story_tells_by_role_where_and_leads_to_the_enterprise(home, locales, client):
    index = library(home)
    enterprise = an_enterprise(locales["sv"], live=True)
    story = add(
        index,
        ImpactStoryPage,
        slug="sidan",
        role="deltagare",
        workplace="kvarterscafé i Gävle",
        county="21",
        enterprise=enterprise,
    )
    html = get(client, "/kunskapsbank/sidan/")
    for words in ("deltagare", "kvarterscafé i Gävle", "Gävleborgs län", "Kaffe &amp; Kaka"):
        assert words in html
    enterprise.live = False
    enterprise.save()
    assert "Kaffe" not in get(client, "/kunskapsbank/sidan/")
    enterprise.delete()
    story.refresh_from_db()
    assert story.enterprise is None


def test_the_newest_stories_are_at_hand_for_other_rooms(home):
    index = library(home)
    for number in range(4):
        add(index, ImpactStoryPage, title=f"Berättelse {number}")
    add(index, ImpactStoryPage, title="Utkast", publish=False)
    with translation.override("sv"):
        stories = ImpactStoryPage.objects.newest(3)
        assert [story.title for story in stories] == [f"Berättelse {n}" for n in (3, 2, 1)]
    with translation.override("en"):
        assert not ImpactStoryPage.objects.newest(3)


def test_hostile_words_stay_words(home, client):
    index = library(home)
    fields = {"title": HOSTILE, "introduction": HOSTILE}
    step = {"title": HOSTILE, "text": "", "have_ready": [HOSTILE]}
    figure = {"label": HOSTILE, "value": "1", "unit": HOSTILE, "comparison": "", "source": HOSTILE}
    speakers = stream(("speaker", {"role": HOSTILE, "name": HOSTILE}))
    pages = [
        add(
            index,
            FilmPage,
            slug="a",
            speakers=speakers,
            video=video(),
            **fields,
        ),
        add(index, GuidancePage, slug="b", steps=stream(("step", step)), **fields),
        add(
            index, TemplatePage, slug="c", version="<script>", document=document(HOSTILE), **fields
        ),
        add(index, ImpactStoryPage, slug="d", role=HOSTILE, workplace=HOSTILE, **fields),
        add(index, ImpactReportPage, slug="e", figures=stream(("figure", figure)), **fields),
        add(index, HandbookPage, slug="f", edition=HOSTILE, **fields),
    ]
    add(pages[-1], ChapterPage, slug="g", **fields)
    for path in ("", "a/", "b/", "c/", "d/", "e/", "f/", "f/g/", "f/hela-boken/"):
        html = get(client, f"/kunskapsbank/{path}")
        assert "<script>alert" not in html, path
        assert "<img src=x" not in html, path


@pytest.mark.parametrize("model", PAGE_TYPES)
def test_pages_ask_little_and_nothing_twice(home, locales, client, make_image, model):
    index = library(home)
    extra = {
        FilmPage: {
            "video": video(),
            "captions": [("sv", "WEBVTT\n\n00:01.000 --> 00:02.000\nHej\n")],
        },
        TemplatePage: {"document": document()},
        ImpactReportPage: {"document": document()},
        ImpactStoryPage: {"enterprise": an_enterprise(locales["sv"], live=True)},
    }
    add(
        index,
        model,
        slug="sidan",
        listing_image=make_image(),
        themes=[theme("sales", locales["sv"])],
        **extra.get(model, {}),
    )
    assert queries_of(client, "/kunskapsbank/sidan/") <= MOST


def test_the_admin_lists_films_handbooks_and_templates(home, admin_client_sv):
    index = library(home)
    add(index, FilmPage, title="Filmen")
    add(index, HandbookPage, title="Boken")
    add(index, TemplatePage, title="Mallen")
    for name, title in (("films", "Filmen"), ("handbooks", "Boken"), ("templates", "Mallen")):
        response = admin_client_sv.get(f"/admin/{name}/")
        assert response.status_code == 200
        assert title in response.content.decode()
    response = admin_client_sv.get("/admin/films/?film_kind=webinar")
    assert "Filmen" not in response.content.decode()
