"""Several at once: one entry to a number, and one mail to a question.

PostgreSQL runs it in the test database, SQLite in a file (``run_on_a_file``).
"""

import pytest
from django.core import mail
from django.utils import timezone

from asflist.applications.actions import TakenError, begin, confirm, send
from asflist.enums import ListingState
from asflist.freshness.asking import run
from asflist.models import ConfirmationRequest, Enterprise, EnterpriseDraft, EnterpriseOwner
from core.models import OutgoingMail
from tests.asflist.applicants import answers
from tests.asflist.factories import make_enterprise, organisation_number
from tests.campaigns.test_booking_race import at_once, is_in_memory, run_on_a_file

APPLICANTS = 6

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _many_connections(request):
    """Only where connections see each other: on a server, or in a file."""
    if "on_a_file" in request.node.name:
        return
    if is_in_memory():
        pytest.skip("SQLite in memory is one connection; the last test runs this on a file")
    request.getfixturevalue("home")


def as_kept(typed):
    return {
        step: {name: value if isinstance(value, list) else [value] for name, value in given.items()}
        for step, given in typed.items()
    }


def make_draft(number, who):
    draft = begin(number, "", "sv")
    typed = answers()
    typed["contact"]["owner_email"] = f"sokande{who}@example.com"
    draft.data |= as_kept(typed)
    draft.save()
    send(draft)
    draft.refresh_from_db()
    return draft


def test_of_many_who_confirm_at_once_one_gets_the_number():
    number = organisation_number()
    drafts = [make_draft(number, who) for who in range(APPLICANTS)]
    results = at_once(lambda draft=draft: confirm(draft) for draft in drafts)
    assert sum(isinstance(result, EnterpriseOwner) for result in results) == 1, results
    assert sum(isinstance(result, TakenError) for result in results) == APPLICANTS - 1, results
    assert Enterprise.objects.count() == 1
    assert EnterpriseOwner.objects.count() == 1
    assert EnterpriseDraft.objects.count() == APPLICANTS - 1


def test_of_many_who_apply_again_for_a_withdrawn_entry_one_gets_it():
    entry = make_enterprise(live=False, state=ListingState.WITHDRAWN)
    drafts = [make_draft(entry.organisation_number, who) for who in range(APPLICANTS)]
    results = at_once(lambda draft=draft: confirm(draft) for draft in drafts)
    assert sum(isinstance(result, EnterpriseOwner) for result in results) == 1, results
    entry.refresh_from_db()
    assert entry.state == ListingState.SUBMITTED
    assert EnterpriseOwner.objects.count() == 1


def test_a_button_pressed_many_times_at_once_sends_one_mail_and_makes_one_entry():
    draft = make_draft(organisation_number(), 1)
    EnterpriseDraft.objects.update(sent_at=None)
    mail.outbox.clear()
    at_once(lambda: send(draft) for _press in range(APPLICANTS))
    assert len(mail.outbox) == 1
    results = at_once(lambda: confirm(draft) for _press in range(APPLICANTS))
    assert sum(isinstance(result, EnterpriseOwner) for result in results) == 1, results
    assert Enterprise.objects.count() == 1
    assert len(mail.outbox) == 2


def test_two_of_the_same_name_at_once_both_get_an_address_of_their_own():
    drafts = [make_draft(organisation_number(), who) for who in range(2)]
    results = at_once(lambda draft=draft: confirm(draft) for draft in drafts)
    assert all(isinstance(result, EnterpriseOwner) for result in results), results
    assert len(set(Enterprise.objects.values_list("slug", flat=True))) == 2


def test_two_runs_at_once_ask_once_whether_an_entry_is_right():
    EnterpriseOwner.objects.create(
        enterprise=make_enterprise(confirmed_on=None),
        email="agare@foretag.example",
        confirmed_at=timezone.now(),
    )
    results = at_once(run for _time in range(4))
    assert not [result for result in results if isinstance(result, Exception)], results
    assert ConfirmationRequest.objects.count() == 1
    assert OutgoingMail.objects.filter(key__startswith="freshness:").count() == 1


@pytest.mark.django_db(transaction=False)
def test_all_of_it_on_a_file(tmp_path):
    if not is_in_memory():
        pytest.skip("the other tests had many connections")
    assert "5 passed, 1 skipped" in run_on_a_file(__file__, tmp_path)
