"""The accessibility statement lists what films and files lack while they lack it, and no longer."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from django.utils import translation
from wagtail.models import PageViewRestriction

from core.models import CustomDocument
from home.models import StandardPage
from library.gaps import declared_gaps
from library.models import FilmPage, TemplatePage
from tests.library.factories import VTT, add, document, film, stream
from tests.library.queries import queries_of

GAP = {
    "audio_description": "missing",
    "description_reason": "Vi söker pengar till rösten.",
    "description_due_on": date(2027, 6, 1),
}


@pytest.fixture
def statement(home):
    """A page with the block."""
    body = stream(("accessibility_gaps", {"title": ""}))
    return add(home, StandardPage, title="Tillgänglighet", slug="tillganglighet", body=body)


def html_of(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def test_a_declared_gap_stands_in_the_statement_with_reason_and_day(home, client, statement):
    film(home, title="Utan röst", **GAP)
    html = html_of(client, statement)
    assert '<a href="/kunskapsbank/filmen/" lang="sv">Utan röst</a>' in html
    assert "Vi söker pengar till rösten." in html
    assert '<time datetime="2027-06-01">1 juni 2027</time>' in html


def test_it_vanishes_by_itself_when_it_is_mended(home, client, statement):
    page = film(home, title="Utan röst", **GAP)
    page.audio_description = "not_needed"
    page.save_revision()
    assert "Utan röst" in html_of(client, statement)
    page.latest_revision.publish()
    html = html_of(client, statement)
    assert "Utan röst" not in html
    with translation.override("sv"):
        assert translation.gettext("None known.") in html


def test_a_day_that_has_passed_is_said_to_have_passed(home, client, statement):
    film(home, **GAP)
    with translation.override("sv"):
        late = translation.gettext("Should have been mended by")
    with time_machine.travel("2027-06-01T12:00Z"):
        assert late not in html_of(client, statement)
    with time_machine.travel("2027-06-02T12:00Z"):
        assert late in html_of(client, statement)


def test_what_is_not_public_is_not_named(home, client, statement):
    page = film(home, title="Hemlig film", publish=False, **GAP)
    assert "Hemlig film" not in html_of(client, statement)
    page.save_revision().publish()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert "Hemlig film" not in html_of(client, statement)
    assert declared_gaps() == []


def test_each_language_tells_of_its_own_and_else_of_the_sources(home, english_home, locales):
    page = film(home, captions=[("sv", VTT), ("en", VTT)], **GAP)
    with translation.override("en"):
        assert [gap.page.pk for gap in declared_gaps()] == [page.pk]
    index = page.get_parent().copy_for_translation(locales["en"])
    index.save_revision().publish()
    english = page.copy_for_translation(locales["en"])
    english = FilmPage.objects.get(pk=english.pk)
    english.save_revision()
    with translation.override("en"):
        assert [gap.page.pk for gap in declared_gaps()] == [page.pk]
    english.save_revision().publish()
    with translation.override("en"):
        assert [gap.page.pk for gap in declared_gaps()] == [english.pk]
    english.audio_description = "not_needed"
    english.save_revision().publish()
    with translation.override("en"):
        assert declared_gaps() == []
    with translation.override("sv"):
        assert [gap.page.pk for gap in declared_gaps()] == [page.pk]


def test_a_file_without_text_is_a_gap_until_it_is_replaced(home):
    page = film(home)
    scanned = document("Inskannad")
    CustomDocument.objects.update(text_state="empty")
    template = add(page.get_parent().specific, TemplatePage, slug="mallen", document=scanned)
    assert [gap.page.pk for gap in declared_gaps()] == [template.pk]
    CustomDocument.objects.update(text_state="read")
    assert declared_gaps() == []


def test_many_gaps_cost_no_more_queries_than_few(home, client, statement):
    page = film(home, **GAP)
    few = queries_of(client, statement.get_url())
    for number in range(6):
        add(page.get_parent().specific, FilmPage, slug=f"film-{number}", video=page.video, **GAP)
    many = queries_of(client, statement.get_url())
    assert many == few
    assert many <= 15
