"""Guidance is numbered steps with a checklist to tick or print, what helps, and a way on."""

from __future__ import annotations

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from library.models import ChapterPage, GuidancePage, HandbookPage, TemplatePage
from tests.library.factories import add, library, stream
from tests.library.queries import MOST, queries_of


def step(title="Rita kedjan", things=(), related=(), text="<p>Gör så här.</p>"):
    return {
        "title": title,
        "text": text,
        "have_ready": list(things),
        "related": [page.pk for page in related],
    }


def steps(*values):
    return json.dumps([{"type": "step", "value": value} for value in values])


def guidance(parent, *values, **fields):
    fields = {"title": "Visa er samhällsnytta", "slug": "visa"} | fields
    return add(parent, GuidancePage, steps=steps(*values), **fields)


def html_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_each_thing_to_have_ready_can_be_ticked_and_nothing_is_sent(client, home):
    page = guidance(library(home), step(things=["Era stadgar", "En <stor> penna"]), step("Räkna"))
    response = client.get(page.get_url())
    html = response.content.decode()
    assert html.count('type="checkbox"') == 2
    assert "Era stadgar" in html
    assert "En &lt;stor&gt; penna" in html
    boxes = re.findall(r"<input type=\"checkbox\"[^>]*>", html)
    assert not any("name=" in box for box in boxes)
    assert not response.cookies
    assert 'id="steg-1"' in html
    assert 'id="steg-2"' in html


def test_the_whole_checklist_is_one_sheet_with_the_steps_own_numbers(client, home):
    page = guidance(
        library(home), step(things=["Era stadgar"]), step("Vila"), step("Mät", ["Linjal"])
    )
    assert "?checklist=1" in html_of(client, page.get_url())
    html = html_of(client, page.get_url() + "?checklist=1")
    assert re.findall(r'sheet__number">(\d)', html) == ["1", "3"]
    assert "Linjal" in html
    assert "<p>Gör så här" not in html
    assert f'rel="canonical" href="http://localhost{page.get_url()}"' in html.replace(
        "testserver", "localhost"
    )


def test_without_things_there_is_no_checklist(client, home):
    page = guidance(library(home), step())
    html = html_of(client, page.get_url())
    assert "?checklist" not in html
    assert "checkbox" not in html


@pytest.fixture
def helpers(home):
    """A library with a template and a chapter."""
    index = library(home)
    template = add(index, TemplatePage, title="Uppföljning", slug="mall")
    book = add(index, HandbookPage, title="Boken", slug="boken")
    chapter = add(book, ChapterPage, title="Nyttan", slug="nyttan")
    index.refresh_from_db()
    return index, template, chapter


def test_a_step_leads_to_what_helps_with_it(client, helpers):
    index, template, chapter = helpers
    page = guidance(index, step(related=[template, chapter]))
    html = html_of(client, page.get_url())
    assert f'href="{template.get_url()}"' in html
    assert f'href="{chapter.get_url()}"' in html


def test_what_is_not_public_helps_nobody(client, helpers):
    index, template, chapter = helpers
    page = guidance(index, step(related=[template, chapter]))
    template.unpublish()
    PageViewRestriction.objects.create(page=chapter, restriction_type="login")
    html = html_of(client, page.get_url())
    assert "Uppföljning" not in html
    assert "Nyttan" not in html
    assert "step__links" not in html


def test_what_helps_is_in_the_readers_language_where_there_is_one(client, helpers, english_home):
    index, template, chapter = helpers
    english_index = index.copy_for_translation(english_home.locale)
    english_index.save_revision().publish()
    english = template.copy_for_translation(english_home.locale)
    english.title = "Follow-up"
    english.save_revision().publish()
    page = guidance(index, step(related=[template, chapter]))
    translated = page.copy_for_translation(english_home.locale)
    translated.save_revision().publish()
    html = html_of(client, translated.get_url())
    assert "Follow-up" in html
    assert f'href="{english.get_url()}"' in html
    assert 'lang="sv">Nyttan' in html


@pytest.mark.parametrize("number", [1, 8])
def test_steps_cost_the_same_however_many_they_are(client, helpers, number):
    index, template, chapter = helpers
    link = f'<p><a linktype="page" id="{template.pk}">mall</a></p>'
    values = [step(f"Steg {n}", ["Sak"], [template, chapter], link) for n in range(number)]
    page = guidance(index, *values, next_page=template, next_label="Följ upp")
    cost = queries_of(client, page.get_url())
    assert cost <= MOST
    one = guidance(index, values[0], slug="ett", next_page=template, next_label="Följ upp")
    assert cost == queries_of(client, one.get_url())


def test_a_button_in_the_text_costs_nothing_where_its_page_is_known(client, helpers):
    index, template, chapter = helpers
    leads = {"next_page": template, "next_label": "Följ upp"}
    button = {"title": "Läs", "text": "", "label": "Till mallen", "page": template.pk}
    plain = guidance(index, step(related=[chapter]), slug="utan", **leads)
    body = stream(("call_to_action", button))
    page = guidance(index, step(related=[chapter]), body=body, **leads)
    assert queries_of(client, page.get_url()) == queries_of(client, plain.get_url())
    assert html_of(client, page.get_url()).count(f'href="{template.get_url()}"') == 2
    template.unpublish()
    assert template.get_url() not in html_of(client, page.get_url())


def test_the_last_step_leads_on(client, helpers):
    index, template, _chapter = helpers
    page = guidance(
        index,
        step(),
        next_page=template,
        next_label="Rapportera era siffror",
        next_text="De behövs.",
    )
    html = html_of(client, page.get_url())
    assert "Rapportera era siffror" in html
    assert "De behövs." in html
    template.unpublish()
    assert "Rapportera era siffror" not in html_of(client, page.get_url())


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"next_page": True}, "next_label"),
        ({"next_label": "Rapportera"}, "next_page"),
        ({"next_text": "De behövs."}, "next_page"),
        ({"next_page": True, "next_label": "Rapportera"}, None),
        ({}, None),
    ],
)
def test_the_button_has_words_and_a_page(helpers, fields, wrong):
    index, template, _chapter = helpers
    page = guidance(index)
    fields = {name: template if value is True else value for name, value in fields.items()}
    for name, value in fields.items():
        setattr(page, name, value)
    if wrong is None:
        page.full_clean()
        return
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert error.value.message_dict.keys() == {wrong}


def test_the_editor_is_told_beside_the_field(admin_client_sv, helpers):
    index, template, _chapter = helpers
    page = guidance(index)
    data = nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "introduction": "Det jag skrev",
            "body": streamfield([("text", rich_text("<p>Hej</p>"))]),
            "steps": streamfield([]),
            "next_page": template.pk,
            "next_label": "",
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        }
    )
    response = admin_client_sv.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    assert response.context["form"].errors.keys() == {"next_label"}
    assert "Det jag skrev" in response.content.decode()


def test_search_engines_are_told_how_to_do_it(client, home):
    page = guidance(
        library(home),
        step("Rita", ["Papper", "Penna"], text="<p>Först <b>detta</b>.</p><p>Sedan det.</p>"),
        step("Räkna", ["Penna"]),
    )
    html = html_of(client, page.get_url())
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', html, re.S)[1])
    assert data["@type"] == "HowTo"
    assert data["step"][0]["name"] == "Rita"
    assert data["step"][0]["text"] == "Först detta. Sedan det."
    assert data["step"][0]["url"].endswith("#steg-1")
    assert data["supply"] == [
        {"@type": "HowToSupply", "name": "Papper"},
        {"@type": "HowToSupply", "name": "Penna"},
    ]
