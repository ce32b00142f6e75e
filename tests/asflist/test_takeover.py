"""Ways in which a stranger could come to look after somebody else's entry."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from asflist.applications.actions import confirm
from asflist.enquiries.links import receiver_link
from asflist.enquiries.receivers import readers_of
from asflist.enums import EnquiryState, ListingState
from asflist.freshness.asking import ask
from asflist.freshness.links import mail_links
from asflist.models import Enquiry, EnterpriseDraft, EnterpriseOwner
from asflist.owners import actions
from core.models import OutgoingMail
from tests.asflist.applicants import (
    EMAIL,
    Browser,
    answers,
    apply,
    begin,
    fill_in,
    send,
    step_of,
)
from tests.asflist.factories import make_enterprise
from tests.asflist.test_owners import make_owner, path_of

OWNER = "agare@firmalokalsi.example"
#: Other addresses, which PostgreSQL's UPPER or LOWER makes the same as the owner's (UAX #44).
LOOK_ALIKES = [
    OWNER.replace("si.", "s\u0131."),
    OWNER.replace("si.", "\u017fi."),
    OWNER.replace("k", "\u212a"),
]


@pytest.mark.parametrize("other", LOOK_ALIKES)
def test_an_address_with_another_letter_is_another_address(db, other):
    make_owner(email=OWNER)
    assert not EnterpriseOwner.objects.with_address(other).exists()
    assert EnterpriseOwner.objects.with_address(OWNER.upper()).exists()


def test_who_owns_an_address_that_looks_alike_gets_no_link_and_does_not_switch(client, home):
    victim, attacker = make_owner(email=OWNER), make_owner(email=LOOK_ALIKES[0])
    for owner in (attacker, victim):
        OutgoingMail.objects.all().delete()
        actions.send_links(owner.email)
        letter = OutgoingMail.objects.get()
        assert letter.to == owner.email
        assert letter.body.count("/mitt-asf/in/") == 1
        assert owner.enterprise.name in letter.body
    client.post(path_of(attacker))
    assert client.post(reverse("owner_switch", args=[victim.pk])).status_code == 404


def test_an_address_that_is_changed_while_it_is_confirmed_is_not_confirmed(home):
    entry = make_enterprise(live=False, state=ListingState.WITHDRAWN)
    owner = make_owner(entry)
    apply(Browser(), entry.organisation_number)
    draft = EnterpriseDraft.objects.get()
    EnterpriseDraft.objects.update(email=owner.email)
    with pytest.raises(EnterpriseDraft.DoesNotExist):
        confirm(draft)
    entry.refresh_from_db()
    assert entry.state == ListingState.WITHDRAWN
    assert list(EnterpriseOwner.objects.all()) == [owner]


def test_one_address_is_not_flooded_with_mails_to_confirm(home):
    browser = Browser()
    url = begin(browser)
    fill_in(browser, url)
    for turn in range(16):
        browser.defaults["REMOTE_ADDR"] = f"192.0.2.{turn}"
        email = "stranger@example.com" if turn % 2 else EMAIL
        browser.post(step_of(url, "contact"), answers()["contact"] | {"owner_email": email})
        assert send(browser, url).status_code == 302
    assert [message.to for message in mail.outbox].count(["stranger@example.com"]) == 6


def test_who_is_shut_out_has_no_link_left(client, home, superuser):
    owner = make_owner()
    request = ask(owner.enterprise)
    receiver = make_receiver(owner.enterprise)
    (reader,) = readers_of(owner.enterprise)
    links = [*mail_links(request, owner).values(), receiver_link(receiver, reader)]
    paths = [urlsplit(link).path for link in links]
    assert [client.get(path).status_code for path in paths] == [200, 200, 200, 200]
    actions.send_new_link(owner, superuser)
    assert [client.get(path).status_code for path in paths] == [410, 410, 410, 404]
    assert client.post(path_of(owner)).status_code == 302


def make_receiver(enterprise):
    enquiry = Enquiry.objects.create(
        title="Lunch",
        text="Varje tisdag.",
        name="Bo",
        email="bo@example.com",
        language="sv",
        state=EnquiryState.SENT,
        sent_at=timezone.now(),
    )
    return enquiry.receivers.create(enterprise=enterprise, name=enterprise.name)
