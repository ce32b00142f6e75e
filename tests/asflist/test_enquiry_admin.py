"""What staff see of enquiries: numbers without names, and the means to stop one."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User

from asflist.enquiries.actions import Deal, tell_outcome
from asflist.enums import AnswerState, EnquiryState
from asflist.models import Enquiry, EnquiryReceiver
from home.access import LIST_KEEPERS, TRANSLATORS, set_up_groups
from tests.asflist.enquiry_steps import BUYER, new_mails, send
from tests.asflist.factories import make_enterprise, make_list_page


@pytest.fixture
def sent(client, home):
    """An enquiry to one in Gävleborg who can, and one in Stockholm who has not answered."""
    make_list_page(home)
    here = make_enterprise(municipality="2180", name="=Kafé")
    there = make_enterprise(municipality="0180")
    enquiry = send(client, here, there)
    able = EnquiryReceiver.objects.get(enterprise=here)
    EnquiryReceiver.objects.filter(pk=able.pk).update(state=AnswerState.CAN)
    tell_outcome(enquiry, [Deal(able, 12500)], "")
    return enquiry


def test_the_numbers_are_right_and_hold_nothing_personal(sent, admin_client_sv):
    page = admin_client_sv.get("/admin/enquiries/")
    totals = page.context["totals"]
    assert (totals.enquiries, totals.receivers, totals.answers, totals.deals, totals.kronor) == (
        1,
        2,
        1,
        1,
        12500,
    )
    by_county = {row.county: row.numbers for row in page.context["rows"]}
    assert by_county["Gävleborgs län"].kronor == 12500
    assert by_county["Stockholms län"].answers == 0
    assert BUYER not in page.text
    assert "Ines" not in page.text


def test_the_csv_has_the_same_numbers(sent, admin_client_sv):
    lines = admin_client_sv.get("/admin/enquiries/numbers.csv").text.splitlines()
    assert len(lines) == 3
    assert any(line.endswith("Gävleborgs län,1,1,1,1,12500") for line in lines)


def test_staff_stop_an_enquiry_and_let_it_go_on(sent, admin_client_sv):
    path = f"/admin/enquiries/{sent.pk}/"
    page = admin_client_sv.get(path)
    assert "Varje tisdag" in page.text
    assert BUYER not in page.text
    with new_mails() as mails:
        admin_client_sv.post(path, {"stop": "1"})
    assert [one.to for one in mails] == [BUYER]
    assert Enquiry.objects.get().state == EnquiryState.STOPPED
    admin_client_sv.post(path, {"release": "1"})
    assert Enquiry.objects.get().state == EnquiryState.SENT


def test_only_those_who_look_after_the_list_see_enquiries(sent, client, home):
    set_up_groups()
    paths = ["/admin/enquiries/", "/admin/enquiries/numbers.csv", f"/admin/enquiries/{sent.pk}/"]
    for path in paths:
        assert client.get(path).status_code == 302
    for role, allowed in ((TRANSLATORS, False), (LIST_KEEPERS, True)):
        user = User.objects.create_user(role.name)
        user.groups.add(Group.objects.get(name=role.name))
        client.force_login(user)
        for path in paths:
            assert (client.get(path).status_code == 200) is allowed
    assert Enquiry.objects.get().state == EnquiryState.SENT


@pytest.mark.parametrize("number", [3, 30])
def test_the_overview_asks_as_much_for_thirty_as_for_three(
    number, sent, client, admin_client_sv, django_assert_max_num_queries
):
    for _ in range(number):
        Enquiry.objects.create(state=EnquiryState.SENT, sent_at=sent.sent_at, title="En till")
    with django_assert_max_num_queries(25):
        admin_client_sv.get("/admin/enquiries/")
