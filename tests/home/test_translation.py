"""Translating through wagtail-localize keeps the tree whole and drafts unseen."""

import pytest
from wagtail.models import Page
from wagtail_localize.operations import translate_object

from core.models import BasePage
from home.models import SectionPage, StandardPage


@pytest.fixture
def section(home):
    """A live section with two live pages under it."""
    section = home.add_child(
        instance=SectionPage(title="Om oss", slug="om-oss", introduction="Hej.")
    )
    for number in (1, 2):
        page = StandardPage(title=f"Sida {number}", slug=f"sida-{number}", introduction="Hej.")
        section.add_child(instance=page)
    return section


@pytest.mark.django_db(transaction=True)
def test_submitting_a_subtree_for_translation_leaves_the_tree_whole(section, english_home, locales):
    for page in [section, *section.get_children().specific()]:
        translate_object(page, [locales["en"]])
    assert Page.find_problems() == ([], [], [], [], [])
    translated = section.get_translation(locales["en"])
    assert translated.numchild == 2
    translated.add_child(instance=StandardPage(title="New", slug="new", locale=locales["en"]))


@pytest.mark.django_db(transaction=True)
def test_a_page_submitted_for_translation_is_a_draft_until_it_is_published(
    client, section, english_home, locales
):
    translate_object(section, [locales["en"]])
    assert not section.get_translation(locales["en"]).live
    response = client.get("/en/om-oss/")
    assert response.status_code == 200
    assert 'href="/om-oss/"' in response.content.decode()
    assert "noindex" in response.content.decode()
    assert BasePage.objects.filter(locale=locales["en"], live=True).count() == 1


def test_an_english_address_without_a_page_in_any_language_is_not_found(client, english_home):
    assert client.get("/en/finns-inte/").status_code == 404
