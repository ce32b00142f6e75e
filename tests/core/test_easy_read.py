"""Easy-to-read versions: marked, linked both ways, and said to be old when they are."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from home.models import StandardPage
from tests.library.factories import add

MARK = "badge--easy"
OLD = "easy-read__old"


@pytest.fixture
def full(home):
    return add(home, StandardPage, title="Om ASF", slug="om-asf")


@pytest.fixture
def easy(home, full):
    return add(home, StandardPage, title="Lättläst om ASF", slug="lattlast", easy_read_of=full)


def html(client, url):
    return client.get(url).content.decode()


def test_the_two_versions_lead_to_one_another(client, full, easy):
    assert 'href="/lattlast/"' in html(client, "/om-asf/").split("<main")[1].split("<footer")[0]
    page = html(client, "/lattlast/")
    assert MARK in page
    assert 'href="/om-asf/"' in page.split('class="easy-read"')[1].split("</div>")[0]


def test_a_page_without_another_version_says_nothing(client, home, full):
    assert "easy-read" not in html(client, "/om-asf/")


def test_an_easy_version_is_old_when_the_full_one_has_been_changed_since(client, full, easy):
    assert OLD not in html(client, "/lattlast/")
    full.save_revision().publish()
    assert OLD in html(client, "/lattlast/")
    easy.save_revision().publish()
    assert OLD not in html(client, "/lattlast/")


def test_a_draft_of_the_full_version_makes_nothing_old(client, full, easy):
    full.title = "Nytt utkast"
    full.save_revision()
    assert OLD not in html(client, "/lattlast/")


def test_a_version_that_is_not_public_is_not_told_of(client, full, easy):
    easy.unpublish()
    assert "easy-read" not in html(client, "/om-asf/")
    easy.save_revision().publish()
    full.unpublish()
    page = html(client, "/lattlast/")
    assert MARK in page
    assert "/om-asf/" not in page.split('class="easy-read"')[1].split("</div>")[0]


def test_a_version_behind_a_restriction_is_not_told_of(client, full, easy):
    PageViewRestriction.objects.create(page=easy, restriction_type="login")
    assert "easy-read" not in html(client, "/om-asf/")


def test_each_language_has_its_own_pair(client, full, easy, english_home, locales):
    for page, title in ((full, "About ASFs"), (easy, "Easy")):
        twin = page.copy_for_translation(locales["en"])
        twin.title = title
        twin.save_revision().publish()
    assert 'href="/en/lattlast/"' in html(client, "/en/om-asf/")
    assert 'href="/en/om-asf/"' in html(client, "/en/lattlast/").split('class="easy-read"')[1]


def test_the_pair_costs_no_query(client, home, full, django_assert_num_queries):
    html(client, "/om-asf/")
    with CaptureQueriesContext(connection) as before:
        html(client, "/om-asf/")
    add(home, StandardPage, title="Lättläst", slug="lattlast", easy_read_of=full)
    with django_assert_num_queries(len(before)):
        page = html(client, "/om-asf/")
    assert 'href="/lattlast/"' in page


@pytest.mark.parametrize("case", ["itself", "chain", "source"])
def test_a_pair_that_makes_no_sense_is_refused(home, full, easy, case):
    other = add(home, StandardPage, title="Annan", slug="annan")
    page, source = {"itself": (full, full), "chain": (other, easy), "source": (full, other)}[case]
    page.easy_read_of = source
    with pytest.raises(ValidationError) as error:
        page.full_clean()
    assert "easy_read_of" in error.value.message_dict


def test_deleting_the_full_version_leaves_the_easy_one_marked_no_more(client, full, easy):
    full.delete()
    assert Page.objects.filter(pk=easy.pk, live=True).exists()
    assert MARK not in html(client, "/lattlast/")


def test_a_preview_shows_the_pair(full, easy):
    response = easy.get_latest_revision_as_object().make_preview_request()
    response.render()
    assert 'href="/om-asf/"' in response.content.decode().split('class="easy-read"')[1]
