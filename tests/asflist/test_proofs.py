"""The proofs of the criteria are for those who judge entries, by whatever door."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from asflist.enums import ListingState
from home.access import EDITORS, LIST_KEEPERS, TRANSLATORS, set_up_groups
from tests.asflist.factories import make_enterprise

SNIPPET = "wagtailsnippets_asflist_enterprise"
PROOF = "Stadgarna, andra paragrafen"


@pytest.mark.parametrize(
    ("role", "may_read"), [(TRANSLATORS, False), (EDITORS, False), (LIST_KEEPERS, True)]
)
def test_proofs_are_read_by_those_who_judge_alone(client, home, english_home, role, may_read):
    set_up_groups()
    user = User.objects.create_user("nagon")
    user.groups.add(Group.objects.get(name=role.name))
    client.force_login(user)
    entry = make_enterprise(live=False, state=ListingState.SUBMITTED, integrates_proof="")
    before = entry.save_revision()
    entry.integrates_proof = PROOF
    entry.save()
    after = entry.save_revision()
    compare = reverse(f"{SNIPPET}:revisions_compare", args=[entry.pk, before.pk, after.pk])
    for address in (compare, f"{reverse(f'{SNIPPET}:list')}?export=csv"):
        response = client.get(address)
        content = response.getvalue() if response.streaming else response.content
        assert (PROOF in content.decode()) is may_read, address


def test_who_may_not_take_the_table_home_is_offered_no_button(client, home, english_home):
    set_up_groups()
    user = User.objects.create_user("nagon")
    client.force_login(user)
    for role, offered in ((TRANSLATORS, False), (LIST_KEEPERS, True)):
        user.groups.set([Group.objects.get(name=role.name)])
        html = client.get(reverse(f"{SNIPPET}:list")).content.decode()
        assert ("export=csv" in html) is offered
