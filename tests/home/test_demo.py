"""The demonstration is loaded once and never over what is there."""

from datetime import date

import pytest
from django.core.management import call_command
from wagtail.models import Page

from home.demo import dates
from home.demo.content import in_language, rich_text
from home.demo.tree import page_items


def test_loading_leaves_a_site_that_is_there_as_it_is(home, capsys):
    home.title = "Redigerad"
    home.save_revision().publish()
    before = Page.objects.count()
    call_command("load_demo")
    assert "left as it is" in capsys.readouterr().out
    assert Page.objects.count() == before
    home.refresh_from_db()
    assert home.title == "Redigerad"


@pytest.mark.parametrize(
    ("today", "day"),
    [(date(2026, 11, 22), date(2027, 5, 8)), (date(2027, 1, 1), date(2028, 5, 13))],
)
def test_the_open_house_is_the_second_saturday_in_may_next_year(today, day):
    assert dates.open_house_day(today) == day


def test_every_kind_of_content_is_there_in_the_numbers_promised():
    kinds = {}
    for item in page_items():
        kinds.setdefault(item.model.__name__, []).append(item)
    numbers = {name: len(items) for name, items in kinds.items()}
    assert numbers["FilmPage"] == 20
    assert numbers["PressReleasePage"] == 6
    assert numbers["DebateArticlePage"] == 3
    assert numbers["ThemePage"] == 8
    assert numbers["TemplatePage"] == 10
    assert numbers["GuidancePage"] == 3
    assert numbers["ImpactStoryPage"] == 3
    assert numbers["HandbookPage"] == 2
    assert numbers["ChapterPage"] >= 10
    untranslated = [name for name, items in kinds.items() if not any(i.translated for i in items)]
    assert untranslated == []


def test_a_text_without_english_is_given_in_swedish():
    assert in_language({"a": {"sv": "Hej", "en": "Hello"}, "b": ["Kvar"]}, "en") == {
        "a": "Hello",
        "b": ["Kvar"],
    }


def test_a_link_to_a_page_that_there_is_not_is_refused():
    assert rich_text("[Listan](page:asf-list)", {"asf-list": 7}) == (
        '<p><a linktype="page" id="7">Listan</a></p>'
    )
    with pytest.raises(KeyError):
        rich_text("[Listan](page:fel)", {})
