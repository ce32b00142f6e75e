"""What is found follows every change, in one process and between several."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from asflist import states
from asflist.finding import index
from asflist.finding.entries import MARKED_AT_ONCE, rebuild, settle
from asflist.finding.filters import Filters
from asflist.finding.search import find
from asflist.models import Enterprise, ListClock, ListEntry
from tests.asflist.factories import make_enterprise, make_industry, make_list_page
from tests.conftest import make_home


def keys(**filters) -> list[int]:
    """Return what is found in Swedish."""
    return find(Filters(**filters), "sv").keys()


@pytest.fixture(params=["marked", "settled"])
def after(request):
    """What readers meet before and after the marks of a change are settled."""
    return settle if request.param == "settled" else lambda: None


@pytest.fixture
def bakery(locales):
    entry = make_enterprise(name="Bageriet", industries=[make_industry()], tags=["surdeg"])
    settle()
    return entry


CHANGES = {
    "paused": states.pause,
    "withdrawn": states.withdraw,
    "unpublished": lambda entry: entry.unpublish(),
    "deleted": lambda entry: entry.delete(),
    "taken off by an update": lambda entry: Enterprise.objects.filter(pk=entry.pk).update(
        live=False
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_leaves_the_list_is_neither_found_nor_counted(bakery, after, change):
    assert keys() == [bakery.pk]
    CHANGES[change](bakery)
    after()
    hits = find(Filters(), "sv")
    assert (hits.keys(), hits.count, hits.by_type.total()) == ([], 0, 0)
    assert not hits.counts["industry"]


def test_what_comes_back_is_found_again(bakery, after):
    states.pause(bakery)
    after()
    states.resume(bakery)
    after()
    assert keys(text="bageriet") == [bakery.pk]


def test_a_saved_change_is_found_and_the_old_words_are_not(bakery, after):
    bakery.name, bakery.municipality = "Kondis", "0180"
    bakery.save()
    after()
    assert keys(text="bageriet") == []
    assert keys(text="kondis", county="01") == [bakery.pk]


def test_a_change_by_update_is_found(bakery, after):
    Enterprise.objects.filter(pk=bakery.pk).update(certified_until=timezone.localdate())
    after()
    assert keys(certified=True) == [bakery.pk]


def test_tags_industries_and_their_words_are_followed(bakery, after):
    assert keys(text="surdeg") == [bakery.pk]
    bakery.tags.remove("surdeg")
    bakery.industries = [make_industry("Trädgård", "garden", synonyms="häckklippning")]
    bakery.save()
    after()
    assert keys(text="surdeg") == []
    assert keys(text="häckklippning", industries=("garden",)) == [bakery.pk]
    assert keys(industries=("cafe-catering",)) == []


def test_an_industry_that_becomes_a_part_of_another_is_found_under_both(bakery, after):
    wide = make_industry("Mat", "food", synonyms="måltider")
    narrow = make_industry()
    narrow.parent = wide
    narrow.save()
    after()
    assert keys(industries=("food",)) == keys(text="måltider") == [bakery.pk]
    wide.synonyms = "middag"
    wide.save()
    after()
    assert keys(text="middag") == [bakery.pk]
    assert keys(text="måltider") == []


def test_a_translation_is_found_in_its_language_while_it_is_published(bakery, locales, after):
    english = bakery.copy_for_translation(locales["en"])
    english.name, english.live, english.state = "The Breadmakers", True, bakery.state
    english.save()
    after()
    assert find(Filters(text="breadmaker"), "en").keys() == [bakery.pk]
    assert keys(text="breadmaker") == []
    english.delete()
    after()
    assert find(Filters(text="breadmaker"), "en").keys() == []
    assert find(Filters(text="bageriet"), "en").keys() == [bakery.pk]


def test_a_sales_organisation_is_found_by_the_names_of_its_members(bakery, after):
    seller = make_enterprise(name="Samman", entry_type="sales")
    seller.members = [bakery]
    seller.save()
    after()
    assert keys(text="bageriet") == [bakery.pk, seller.pk]
    assert keys(text="bageriet", entry_type="sales") == [seller.pk]
    bakery.name = "Kondis"
    bakery.save()
    after()
    assert keys(text="kondis") == [bakery.pk, seller.pk]
    bakery.delete()
    after()
    assert keys(text="kondis") == []
    assert keys() == [seller.pk]


def test_what_is_not_public_is_not_fetched_even_if_the_index_has_it(bakery, home, client):
    make_list_page(home)
    states.pause(bakery)
    ListEntry.objects.update(version=ListClock.objects.get().version)
    html = client.get("/asf-listan/").content.decode()
    assert "Bageriet" not in html


def test_a_rebuild_mends_whatever_the_rows_say(bakery, locales):
    ListEntry.objects.all().delete()
    assert keys() == []
    other = make_enterprise(live=False)
    ListEntry.objects.create(enterprise_id=other.pk, version=1, entry_type="asf", sort_sv="x")
    rebuild()
    assert keys() == [bakery.pk]


def test_more_changes_than_are_made_at_once_are_settled_in_several_transactions(locales):
    first = make_enterprise(name="A")
    settle()
    copies = [ListEntry(enterprise_id=10_000_000 + n) for n in range(MARKED_AT_ONCE + 5)]
    ListEntry.objects.bulk_create(copies)
    assert keys() == [first.pk]
    assert settle() == len(copies)
    assert keys() == [first.pk]
    assert settle() == 0


@pytest.mark.django_db(transaction=True)
def test_processes_follow_one_another_by_what_is_committed():
    make_home()
    entry = make_enterprise(name="Bageriet")
    assert keys() == [entry.pk]
    shared = dict(index._shared)
    states.pause(entry)
    assert keys() == []
    index._shared.clear()
    index._shared.update(shared)  # Another process, which has not been asked since.
    assert keys() == []
    states.resume(entry)
    with CaptureQueriesContext(connection) as captured:
        assert keys() == [entry.pk]
    assert len(captured) <= 3
    with CaptureQueriesContext(connection) as captured:
        assert keys() == [entry.pk]
    assert len(captured) == 1


@pytest.mark.django_db(transaction=True)
def test_a_database_that_begins_anew_is_read_anew():
    make_home()
    entry = make_enterprise(name="Bageriet")
    assert keys() == [entry.pk]
    ListEntry.objects.all().delete()
    ListClock.objects.all().delete()
    assert keys() == []
    other = make_enterprise(name="Annat")
    assert keys() == [other.pk]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_shared():
    make_home()
    entry = make_enterprise(name="Bageriet")
    with transaction.atomic():
        make_enterprise(name="Aldrig")
        settle()
        assert len(keys()) == 2
        transaction.set_rollback(True)
    assert keys() == [entry.pk]
