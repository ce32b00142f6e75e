"""Only what is live, public and in the reader's language is found, at every moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group as UserGroup
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.models import Theme
from search.models import SearchEntry
from tests.asflist.factories import make_industry
from tests.search.factories import (
    downloads,
    make_document,
    make_page,
    publish_enterprise,
    titles,
)


def test_a_published_page_is_found_at_once(home):
    make_page(home, "Vävstugan")
    assert titles("vävstuga") == ["Vävstugan"]


def test_a_draft_is_not_found(home):
    make_page(home, "Vävstugan", publish=False)
    assert titles("vävstugan") == []


def test_a_draft_of_a_live_page_does_not_show(home):
    page = make_page(home, "Vävstugan")
    page.title = "Snickeriet"
    page.save_revision()
    assert titles("snickeriet") == []
    assert titles("vävstugan") == ["Vävstugan"]
    page.get_latest_revision().publish()
    assert titles("snickeriet") == ["Snickeriet"]
    assert titles("vävstugan") == []


def test_an_unpublished_page_leaves_and_comes_back(home):
    page = make_page(home, "Vävstugan")
    page.unpublish()
    assert titles("vävstugan") == []
    assert not SearchEntry.objects.filter(page=page).exists()
    page.get_latest_revision().publish()
    assert titles("vävstugan") == ["Vävstugan"]


def test_the_index_is_not_trusted(home):
    page = make_page(home, "Vävstugan")
    type(page).objects.filter(pk=page.pk).update(live=False)
    assert SearchEntry.objects.filter(page=page).exists()
    assert titles("vävstugan") == []


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_a_restricted_page_and_what_is_under_it_is_not_found(home, kind):
    parent = make_page(home, "Vävstugan")
    make_page(parent, "Vävstolen")
    assert sorted(titles("väv")) == ["Vävstolen", "Vävstugan"]
    restriction = PageViewRestriction.objects.create(
        page=parent, restriction_type=kind, password="x"
    )
    if kind == "groups":
        restriction.groups.add(UserGroup.objects.create(name="Inre kretsen"))
    assert titles("väv") == []
    restriction.delete()
    assert len(titles("väv")) == 2


def test_a_page_moved_under_a_restriction_leaves(home):
    closed = make_page(home, "Internt")
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    page = make_page(home, "Vävstugan")
    page.move(closed, pos="last-child")
    assert titles("vävstugan") == []
    page.refresh_from_db()
    home.refresh_from_db()
    page.move(home, pos="last-child")
    assert titles("vävstugan") == ["Vävstugan"]


def test_a_moved_page_is_found_at_its_new_address(home, client):
    section = make_page(home, "Verkstaden", slug="verkstaden")
    page = make_page(home, "Vävstugan", slug="vavstugan")
    page.move(section, pos="last-child")
    html = client.get("/sok/", {"q": "vävstugan"}).content.decode()
    assert 'href="/verkstaden/vavstugan/"' in html


def test_a_deleted_page_takes_its_entry_along(home):
    page = make_page(home, "Vävstugan")
    page.delete()
    assert titles("vävstugan") == []
    assert not SearchEntry.objects.filter(title="Vävstugan").exists()


def test_a_page_outside_the_site_is_not_found(home):
    make_page(home.get_parent(), "Vävstugan")
    assert titles("vävstugan") == []


def test_scheduled_publishing_is_followed(home):
    page = make_page(home, "Vävstugan", publish=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert titles("vävstugan") == []
    revision = page.get_latest_revision()
    moment = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = moment.isoformat()
    revision.approved_go_live_at = moment
    revision.save()
    call_command("publish_scheduled")
    assert titles("vävstugan") == ["Vävstugan"]


def test_each_language_finds_its_own(home, english_home):
    swedish = make_page(home, "Salongen Lyktan", slug="lyktan")
    english = swedish.copy_for_translation(english_home.locale)
    english.title = "The Lyktan salon"
    english.save_revision().publish()
    assert titles("lyktan", "sv") == ["Salongen Lyktan"]
    assert titles("lyktan", "en") == ["The Lyktan salon"]


def test_an_alias_in_another_language_is_not_found_there(home, english_home):
    page = make_page(home, "Salongen Lyktan")
    page.copy_for_translation(english_home.locale, alias=True)
    page.save_revision().publish()
    assert titles("lyktan", "en") == []
    assert titles("lyktan", "sv") == ["Salongen Lyktan"]


def test_tags_and_themes_are_found(home, locales, english_home):
    theme = Theme.objects.create(
        name="Finansiering", slug="financing", summary="Pengar.", locale=locales["sv"]
    )
    english_theme = theme.copy_for_translation(locales["en"])
    english_theme.name = "Financing"
    english_theme.save()
    page = make_page(home, "Kronor", publish=False)
    page.themes = [theme]
    page.tags.add("sparande")
    page.save_revision().publish()
    english = page.copy_for_translation(locales["en"])
    english.title = "Crowns"
    english.save_revision().publish()
    assert titles("finansiering") == ["Kronor"]
    assert titles("sparande") == ["Kronor"]
    assert titles("financing", "en") == ["Crowns"]
    theme.name = "Kapital"
    theme.save()
    assert titles("kapital") == ["Kronor"]
    assert titles("finansiering") == []


def test_an_enterprise_is_found_while_it_is_live(home):
    enterprise = publish_enterprise("Lyktan", summary="Vi diskar åt festen.", municipality="2180")
    for query in ("lyktan", "diska", "gävle", "gävleborg"):
        assert titles(query) == ["Lyktan"], query
    assert titles("lyktan", "en") == []
    enterprise.unpublish()
    assert titles("lyktan") == []
    enterprise.get_latest_revision().publish()
    assert titles("lyktan") == ["Lyktan"]
    type(enterprise).objects.filter(pk=enterprise.pk).update(live=False)
    assert titles("lyktan") == []
    enterprise.delete()
    assert not SearchEntry.objects.exclude(enterprise=None).exists()


def test_a_draft_enterprise_is_not_found(home):
    enterprise = publish_enterprise("Lyktan")
    enterprise.name = "Fotogenlampan"
    enterprise.save_revision()
    assert titles("fotogenlampan") == []


def test_an_enterprise_is_found_by_its_industry_in_its_own_language(home, english_home, locales):
    industry = make_industry("Djurvård", "animals")
    translated = industry.copy_for_translation(locales["en"])
    translated.name = "Animal care"
    translated.save()
    enterprise = publish_enterprise("Lyktan", industries=[industry])
    english = enterprise.copy_for_translation(locales["en"])
    english.save()
    english.save_revision().publish()
    assert titles("djurvård lyktan", "sv") == ["Lyktan"]
    assert titles("animal lyktan", "en") == ["Lyktan"]
    assert titles("djurvård", "en") == []
    industry.name = "Hunddagis"
    industry.save()
    assert titles("hunddagis") == ["Lyktan"]
    enterprise.unpublish()
    assert titles("animal", "en") == []


def test_a_document_is_found_while_a_public_page_refers_to_it(home):
    document = make_document("Avtalsmall")
    assert titles("avtalsmall") == []
    page = make_page(home, "Upphandling", publish=False, body=downloads(document))
    assert titles("avtalsmall") == []
    page.get_latest_revision().publish()
    assert titles("avtalsmall") == ["Avtalsmall"]
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles("avtalsmall") == []
    restriction.delete()
    page.refresh_from_db()
    page.unpublish()
    assert titles("avtalsmall") == []


def test_a_document_is_found_in_the_language_it_is_written_in(home):
    document = make_document("Agreement", language="en")
    make_page(home, "Upphandling", body=downloads(document))
    assert titles("agreement", "sv") == []
    # There is no English home page: a document needs none to be found in English.
    assert titles("agreements", "en") == ["Agreement"]


def test_a_renamed_and_tagged_document_is_found_anew(home):
    document = make_document("Avtalsmall")
    make_page(home, "Upphandling", body=downloads(document))
    document.title = "Kontrakt"
    document.save()
    document.tags.add("juridik")
    assert titles("kontrakt") == ["Kontrakt"]
    assert titles("juridik") == ["Kontrakt"]
    assert titles("avtalsmall") == []
    document.delete()
    assert titles("kontrakt") == []


def test_rebuilding_makes_the_same_index_and_drops_what_is_gone(home, capsys):
    page = make_page(home, "Vävstugan", "Ull och lin.")
    publish_enterprise("Lyktan")
    make_page(home, "Upphandling", body=downloads(make_document("Avtalsmall")))
    hidden = make_page(home, "Gömd")
    before = list(SearchEntry.objects.order_by("pk").values())
    call_command("rebuild_search")
    assert list(SearchEntry.objects.order_by("pk").values()) == before
    type(hidden).objects.filter(pk=hidden.pk).update(live=False)
    SearchEntry.objects.filter(page=page).delete()
    call_command("rebuild_search")
    assert not SearchEntry.objects.filter(page=hidden).exists()
    assert titles("ull") == ["Vävstugan"]
    assert titles("lyktan") == ["Lyktan"]
    assert "enterprise: 1\ndocument: 1\n" in capsys.readouterr().out
