"""A day with a meaning is Sweden's, whatever time zone a member of staff has in the admin."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.users.models import UserProfile

from asflist import states
from asflist.enquiries.forms import EnquiryForm
from asflist.enquiries.report import month_rows
from asflist.enums import ListingState
from asflist.finding.filters import Filters
from asflist.finding.search import find
from asflist.models import Enquiry
from tests.asflist.enquiry_steps import send
from tests.asflist.factories import make_enterprise, make_list_page

DAY = date(2026, 3, 10)
#: Sweden's day, hour (UTC) and a zone where it is another day.
ELSEWHERE = [(20, "Pacific/Auckland"), (2, "America/Los_Angeles")]


@pytest.fixture(params=ELSEWHERE, ids=lambda case: case[1])
def elsewhere(request):
    """A moment of 10 March in Sweden, seen by a member of staff to whom it is another day."""
    hour, zone = request.param
    with time_machine.travel(f"{DAY}T{hour:02}:00Z", tick=False), timezone.override(zone):
        assert timezone.localdate() != DAY
        yield


@pytest.mark.django_db
def test_an_entry_is_approved_and_confirmed_on_the_swedish_day(elsewhere):
    entry = make_enterprise(state=ListingState.SUBMITTED, live=False, confirmed_on=None)
    entry.save_revision().publish()
    entry.refresh_from_db()
    assert (entry.state, entry.confirmed_on) == (ListingState.APPROVED, DAY)
    entry.confirmed_on = None
    states.confirm(entry)
    assert entry.confirmed_on == DAY


@pytest.mark.django_db
def test_certificate_and_membership_hold_by_the_swedish_day(elsewhere):
    entry = make_enterprise(certified_until=DAY, member_since=DAY)
    assert (entry.certified, entry.member) == (DAY, DAY)
    assert find(Filters(certified=True), "sv").count == 1
    assert find(Filters(member=True), "sv").count == 1
    entry.certified_until, entry.member_since = DAY - timedelta(days=1), DAY + timedelta(days=1)
    entry.save()
    assert (entry.certified, entry.member) == (None, None)
    assert find(Filters(certified=True), "sv").count == 0
    assert find(Filters(member=True), "sv").count == 0


@pytest.mark.django_db
def test_what_is_wanted_is_wanted_by_a_swedish_day(elsewhere, rf):
    for day, refused in ((DAY, False), (DAY - timedelta(days=1), True)):
        form = EnquiryForm({"wanted_by": day.isoformat()}, request=rf.post("/"))
        assert ("wanted_by" in form.errors) is refused


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
@pytest.mark.parametrize("moment", ["2026-02-28T23:30Z", "2026-03-31T21:30Z"])
def test_enquiries_are_counted_by_the_swedish_month(
    client, home, superuser, admin_client_sv, zone, moment
):
    UserProfile.objects.update_or_create(user=superuser, defaults={"current_time_zone": zone})
    make_list_page(home)
    send(client, make_enterprise())
    Enquiry.objects.update(sent_at=moment)
    with timezone.override(zone):
        assert [row.month for row in month_rows()] == [date(2026, 3, 1)]
    assert "mars 2026" in admin_client_sv.get("/admin/enquiries/").text
    assert "2026-03," in admin_client_sv.get("/admin/enquiries/numbers.csv").text
