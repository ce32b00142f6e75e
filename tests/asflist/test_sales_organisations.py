"""Sales organisations: their own page, their members, and who may have any."""

from __future__ import annotations

import json
import re

import pytest
from django.core.exceptions import ValidationError

from asflist.enums import Criterion, EntryType
from asflist.models import Enterprise
from tests.asflist.factories import make_enterprise, make_industry, make_list_page
from tests.asflist.profiles import make_rich, make_seller


@pytest.fixture
def list_page(home):
    return make_list_page(home)


def get(client, entry):
    return client.get(entry.get_url()).content.decode()


def section(html, name):
    return html.partition(f'id="{name}"')[2].partition("</section>")[0]


def test_it_shows_its_members_and_each_of_them_leads_back(list_page, client):
    members = [make_enterprise(name=f"Medlem {n}") for n in range(3)]
    seller = make_seller(*members, name="Säljarna")
    html = get(client, seller)
    for member in members:
        assert f'href="{member.get_url()}"' in section(html, "members")
        assert f'href="{seller.get_url()}"' in section(get(client, member), "sellers")
    assert 'id="sellers"' not in html
    assert 'id="sellers"' not in get(client, make_enterprise())


def test_it_is_named_for_what_it_is_and_shows_no_criteria(list_page, client):
    seller = make_seller(make_enterprise(), make_enterprise(), integrates=True)
    html = get(client, seller)
    main = html.partition("<main")[2].partition("</main>")[0]
    assert str(EntryType.SALES_ORGANISATION.label) in main
    assert 'id="criteria"' not in main
    for criterion in Criterion:
        assert str(criterion.label) not in main


def test_members_and_sellers_that_are_not_public_are_nowhere(list_page, client):
    draft = make_enterprise(name="Utkastet", live=False)
    shown = make_enterprise(name="Synligt")
    seller = make_seller(shown, draft, name="Säljarna")
    assert "Utkastet" not in get(client, seller)
    seller.unpublish()
    html = get(client, shown)
    assert "Säljarna" not in html
    assert client.get(seller.get_url()).status_code == 404


def test_a_draft_s_members_wait_for_its_publishing(list_page, client):
    first, second, third = (make_enterprise(name=name) for name in ("Ett", "Två", "Tre"))
    seller = make_seller(first, second)
    seller.members = [first, third]
    seller.save_revision()
    html = section(get(client, seller), "members")
    assert second.get_url() in html
    assert third.get_url() not in html
    seller.latest_revision.publish()
    html = section(get(client, seller), "members")
    assert third.get_url() in html
    assert second.get_url() not in html


def test_machines_read_who_its_members_are(list_page, client):
    member = make_enterprise(name="Medlem & Co")
    seller = make_seller(member, make_enterprise(name="Tvåan"))
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', get(client, seller))
    data = json.loads(found[1])
    assert [other["name"] for other in data["member"]] == ["Medlem & Co", "Tvåan"]
    assert data["member"][0]["url"] == f"http://testserver{member.get_url()}"


@pytest.mark.parametrize(
    ("kind", "number", "wrong"),
    [
        (EntryType.ENTERPRISE, 0, False),
        (EntryType.ENTERPRISE, 1, True),
        (EntryType.SALES_ORGANISATION, 0, True),
        (EntryType.SALES_ORGANISATION, 1, True),
        (EntryType.SALES_ORGANISATION, 2, False),
    ],
)
def test_only_a_sales_organisation_has_members_and_has_at_least_two(db, kind, number, wrong):
    entry = make_rich(entry_type=kind, industries=[make_industry()])
    entry.members = [make_enterprise() for _number in range(number)]
    if wrong:
        with pytest.raises(ValidationError) as caught:
            entry.full_clean()
        assert list(caught.value.error_dict) == ["members"]
    else:
        entry.full_clean()


def test_a_sales_organisation_needs_no_criteria(db):
    seller = make_seller(
        make_enterprise(), make_enterprise(), industries=[make_industry()], integrates=None
    )
    Enterprise.objects.get(pk=seller.pk).full_clean()


def test_in_english_its_untranslated_members_are_shown_as_they_are(list_page, english_list, client):
    member = make_enterprise(name="Medlemmen")
    seller = make_seller(member, make_enterprise())
    html = client.get(seller.get_url(language="en")).content.decode()
    assert 'lang="sv"' in section(html, "members")
    assert "Medlemmen" in section(html, "members")


@pytest.fixture
def english_list(english_home):
    return make_list_page(english_home)
