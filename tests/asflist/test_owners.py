"""How owners get in, what they see and do, and how anybody else is kept out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from asflist import states
from asflist.enums import ListingState
from asflist.models import EnterpriseDraft, EnterpriseOwner, ListingEvent
from asflist.owners import access, actions, views
from asflist.owners.retention import forget_invitations, forget_owners
from asflist.owners.standing import standing_of
from core.models import OutgoingMail
from core.signed_links import make_token
from tests.asflist.factories import make_enterprise, make_list_page

REASON = "Beskriv hur deltagarna är med och bestämmer."


def make_owner(enterprise=None, email="agare@foretag.example", **kw):
    kw.setdefault("confirmed_at", timezone.now())
    enterprise = enterprise or make_enterprise()
    return EnterpriseOwner.objects.create(enterprise=enterprise, email=email, **kw)


def path_of(owner):
    owner.refresh_from_db()
    return "/" + access.login_url(owner).split("/", 3)[3]


@pytest.fixture
def log_in(client, home):
    """A function that logs the browser in as an owner."""

    def go(owner):
        assert client.post(path_of(owner)).status_code == 302
        return client

    return go


def page(client):
    return client.get(reverse("owner_page"))


def test_a_link_opens_nothing_before_the_button_is_pressed(client, home):
    owner = make_owner()
    answer = client.get(path_of(owner))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert owner.email not in answer.content.decode()
    assert page(client).status_code == 302
    assert client.post(path_of(owner)).url == reverse("owner_page")
    assert page(client).status_code == 200


def test_a_link_lets_in_once(client, home):
    owner = make_owner()
    link = path_of(owner)
    client.post(link)
    client.post(reverse("owner_log_out"))
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert reverse("owner_link") in answer.content.decode()
    assert page(client).status_code == 302


def test_a_forged_link_lets_nobody_in(client, home):
    owner = make_owner()
    good = path_of(owner).rstrip("/").rpartition("/")[2]
    uid, version, *rest = good.split(":")
    for forged in (
        good[:-1] + ("a" if good[-1] != "a" else "b"),
        ":".join([uid, str(int(version) + 1), *rest]),
        make_token("enterprise-draft", owner.uid, owner.link_version),
        "nonsense",
    ):
        assert client.post(reverse("owner_login", args=[forged])).status_code == 410, forged
    assert page(client).status_code == 302


def test_a_link_dies_after_a_day(client, home, monkeypatch):
    link = path_of(make_owner())
    later = signing.time.time() + access.LINK_LASTS + 60
    monkeypatch.setattr(signing.time, "time", lambda: later)
    assert client.post(link).status_code == 410


def test_a_session_dies_when_it_is_not_used(log_in, monkeypatch):
    client = log_in(make_owner())
    later = access.time.time() + access.SESSION_LASTS + 60
    monkeypatch.setattr(access.time, "time", lambda: later)
    assert page(client).url == reverse("owner_link")


def test_what_was_typed_is_shown_to_one_whose_session_has_ended(log_in, monkeypatch):
    client = log_in(make_owner())
    form = client.post(reverse("owner_edit")).url
    later = access.time.time() + access.SESSION_LASTS + 60
    monkeypatch.setattr(access.time, "time", lambda: later)
    typed = {
        "name": "Kort",
        "summary": "Lång text om <b>kaféet</b>",
        "csrfmiddlewaretoken": "x" * 64,
    }
    for address in (form, reverse("owner_report", args=[2025]), reverse("owner_leave")):
        answer = client.post(address, typed)
        html = answer.content.decode()
        assert answer.status_code == 403, address
        assert "Lång text om &lt;b&gt;kaféet&lt;/b&gt;</textarea>" in html
        assert "x" * 64 not in html
        assert "no-store" in answer.headers["Cache-Control"]
        assert client.post(address, {"name": "Kort"}).url == reverse("owner_link")
    assert not EnterpriseDraft.objects.filter(data__icontains="Lång").exists()


@pytest.mark.parametrize("how", ["removed", "shut out", "logged out"])
def test_a_session_dies_with_its_owner(log_in, how):
    owner = make_owner()
    client = log_in(owner)
    if how == "removed":
        owner.delete()
    elif how == "shut out":
        access.shut_out(owner)
    else:
        client.post(reverse("owner_log_out"))
    assert page(client).url == reverse("owner_link")


def test_asking_for_a_link_tells_nobody_whether_the_address_is_known(client, home):
    make_owner()
    known, unknown = (
        client.post(reverse("owner_link"), {"email": email}).content
        for email in ("AGARE@foretag.example", "ingen@foretag.example")
    )
    assert known == unknown
    assert [mail.to for mail in OutgoingMail.objects.all()] == ["agare@foretag.example"]


def test_one_mail_holds_a_link_to_each_entry(client, home):
    entries = [make_enterprise(name=name) for name in ("Kafé Ån", "Cykelboden")]
    for entry in entries:
        make_owner(entry)
    client.post(reverse("owner_link"), {"email": "agare@foretag.example"})
    body = OutgoingMail.objects.get().body
    assert "Kafé Ån" in body
    assert "Cykelboden" in body
    assert body.count("/mitt-asf/in/") == 2


def test_an_address_is_not_mailed_without_end(client, home):
    make_owner()
    for number in range(8):
        network = {"REMOTE_ADDR": f"192.0.2.{number}"}
        client.post(reverse("owner_link"), {"email": "agare@foretag.example"}, **network)
    assert OutgoingMail.objects.count() == 5


def test_a_network_cannot_ask_without_end(client, home):
    answers = [
        client.post(reverse("owner_link"), {"email": f"{number}@foretag.example"})
        for number in range(8)
    ]
    assert answers[-1].context["form"].errors


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("state", ListingState)
def test_the_page_tells_how_every_state_stands(log_in, home, state, language):
    make_list_page(home)
    live = state == ListingState.APPROVED
    reason = REASON if state in ListingState.with_reason() else ""
    owner = make_owner(make_enterprise(live=live, state=state, state_reason=reason))
    client = log_in(owner)
    with translation.override(language):
        answer = page(client)
        label = str(state.label)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="standing">{label}<' in html
    assert (REASON in html) is bool(reason)
    assert (owner.enterprise.get_url() in html) is live


def test_the_history_names_no_staff(log_in, superuser):
    superuser.first_name, superuser.last_name = "Hemlig", "Person"
    superuser.save()
    owner = make_owner()
    states.pause(owner.enterprise, superuser, "Ni bygger om.")
    html = page(log_in(owner)).content.decode()
    assert "Ni bygger om." in html
    assert "Hemlig" not in html


def test_an_owner_switches_between_their_own_entries_only(log_in):
    owner = make_owner()
    own = make_owner(make_enterprise(name="Den andra"), email="Agare@foretag.example")
    foreign = make_owner(email="annan@foretag.example")
    unconfirmed = make_owner(confirmed_at=None, email="agare@foretag.example")
    client = log_in(owner)
    for other in (foreign, unconfirmed):
        assert client.post(reverse("owner_switch", args=[other.pk])).status_code == 404
    assert client.post(reverse("owner_switch", args=[own.pk])).status_code == 302
    assert "Den andra" in page(client).content.decode()


def test_leaving_the_list_takes_a_tick(log_in):
    owner = make_owner()
    client = log_in(owner)
    answer = client.post(reverse("owner_leave"), {"reason": REASON})
    assert answer.context["form"].errors.keys() == {"sure"}
    assert REASON in answer.content.decode()
    client.post(reverse("owner_leave"), {"reason": REASON, "sure": "on"})
    owner.enterprise.refresh_from_db()
    assert owner.enterprise.state == ListingState.WITHDRAWN
    assert not owner.enterprise.live
    event = ListingEvent.objects.get()
    assert (event.action, event.owner, event.user) == ("withdrawn", owner, None)
    assert client.get(reverse("owner_leave")).status_code == 302


def test_leaving_twice_at_the_same_moment_is_leaving_once(log_in, monkeypatch):
    owner = make_owner()
    client = log_in(owner)
    standing = standing_of(owner.enterprise)
    states.withdraw(owner.enterprise, owner, REASON)
    monkeypatch.setattr(views, "standing_of", lambda _enterprise: standing)
    answer = client.post(reverse("owner_leave"), {"reason": REASON, "sure": "on"})
    assert answer.url == reverse("owner_page")
    assert ListingEvent.objects.filter(action="withdrawn").count() == 1


def invite(client, email, stay="yes"):
    data = {"name": "", "email": email, "stay": stay}
    return client.post(reverse("owner_invite"), data)


def test_who_invites_is_told_that_it_is_sent_and_named_in_the_mail(log_in):
    owner = make_owner(name="Klicka på http://spam.example")
    client = log_in(owner)
    html = client.get(invite(client, "ny@foretag.example").url).content.decode()
    status = html.partition('role="status">')[2].partition("</p>")[0]
    assert "ny@foretag.example" in status
    assert 'role="status"' not in page(client).content.decode()
    body = OutgoingMail.objects.get().body
    assert owner.email in body
    assert "spam.example" not in body


def test_who_is_invited_confirms_by_the_link(log_in, client):
    owner = make_owner()
    log_in(owner)
    assert invite(client, "ny@foretag.example").status_code == 302
    new = EnterpriseOwner.objects.get(email="ny@foretag.example")
    assert new.confirmed_at is None
    assert OutgoingMail.objects.get().to == new.email
    client.post(path_of(new))
    new.refresh_from_db()
    assert new.confirmed_at is not None
    assert page(client).context["owner"] == new
    assert EnterpriseOwner.objects.filter(pk=owner.pk).exists()


def test_who_hands_over_leaves_when_the_other_has_confirmed(log_in, client):
    owner = make_owner()
    log_in(owner)
    invite(client, "ny@foretag.example", stay="no")
    assert page(client).status_code == 200
    new = EnterpriseOwner.objects.get(email="ny@foretag.example")
    client.post(path_of(new))
    assert not EnterpriseOwner.objects.filter(pk=owner.pk).exists()
    done = set(ListingEvent.objects.values_list("action", flat=True))
    assert done == {"owner_added", "confirmed_address", "handed_over"}


def test_nobody_is_invited_twice_nor_without_end(log_in, client):
    owner = make_owner()
    log_in(owner)
    assert invite(client, "AGARE@foretag.example").context["form"].errors
    for number in range(actions.MOST_OWNERS + 2):
        answer = invite(client, f"{number}@foretag.example")
    assert answer.context["form"].errors
    assert owner.enterprise.owners.count() == actions.MOST_OWNERS


def test_an_entry_is_no_way_to_mail_strangers_without_end(log_in, client):
    owner = make_owner()
    log_in(owner)
    for number in range(actions.MOST_INVITED + 2):
        data = {"email": f"person{number}@example.com", "stay": "yes"}
        client.post(reverse("owner_invite"), data)
        for other in owner.enterprise.owners.exclude(pk=owner.pk):
            client.post(reverse("owner_remove", args=[other.pk]))
    assert OutgoingMail.objects.count() == actions.MOST_INVITED


def test_an_owner_removes_others_and_never_the_last(log_in, client):
    owner = make_owner()
    other = make_owner(owner.enterprise, email="b@foretag.example")
    foreign = make_owner(email="c@foretag.example")
    log_in(owner)
    assert client.post(reverse("owner_remove", args=[foreign.pk])).status_code == 404
    assert client.post(reverse("owner_remove", args=[other.pk])).status_code == 302
    assert list(owner.enterprise.owners.all()) == [owner]
    answer = client.post(reverse("owner_remove", args=[owner.pk]))
    assert answer.context["error"]
    assert EnterpriseOwner.objects.filter(pk=owner.pk).exists()


def test_who_removes_themselves_is_logged_out(log_in, client):
    owner = make_owner()
    make_owner(owner.enterprise, email="b@foretag.example")
    log_in(owner)
    assert client.post(reverse("owner_remove", args=[owner.pk])).url == reverse("owner_link")
    assert page(client).status_code == 302


@pytest.mark.parametrize("name", ["owner_page", "owner_leave", "owner_invite", "owner_edit"])
def test_strangers_are_asked_for_a_link(client, home, name):
    method = client.post if name == "owner_edit" else client.get
    answer = method(reverse(name))
    assert answer.status_code == 302
    assert answer.url == reverse("owner_link")


@pytest.mark.parametrize("name", ["owner_page", "owner_leave", "owner_invite", "owner_link"])
def test_every_page_is_kept_out_of_caches_and_search(log_in, name):
    answer = log_in(make_owner()).get(reverse(name))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_forms_refuse_what_another_site_sends(home):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    owner = make_owner()
    assert strict.post(path_of(owner)).status_code == 403
    assert strict.post(reverse("owner_log_out")).status_code == 403


def test_names_are_shown_as_text(log_in):
    owner = make_owner(make_enterprise(name="<script>alert(1)</script>"), name="<b>Kim</b>")
    states.pause(owner.enterprise, None, "<i>skäl</i>")
    html = page(log_in(owner)).content.decode()
    for hostile in ("<script>alert(1)", "<b>Kim", "<i>skäl"):
        assert hostile not in html


def test_the_page_needs_few_queries_however_much_has_been_done(
    log_in, django_assert_max_num_queries
):
    owner = make_owner()
    for _number in range(10):
        states.pause(owner.enterprise, None, "Ni bygger om.")
        states.resume(owner.enterprise, None)
    client = log_in(owner)
    page(client)
    with django_assert_max_num_queries(15):
        page(client)


def test_the_change_begins_in_the_form(log_in):
    answer = log_in(make_owner()).post(reverse("owner_edit"))
    assert answer.status_code == 302
    assert answer.url != reverse("owner_link")


def test_who_never_answers_an_invitation_is_forgotten(home):
    owner, invited = make_owner(), make_owner(confirmed_at=None)
    now = timezone.now()
    assert forget_invitations(now + timedelta(days=29)) == 0
    assert forget_invitations(now + timedelta(days=31)) == 1
    assert EnterpriseOwner.objects.filter(pk=owner.pk).exists()
    assert not EnterpriseOwner.objects.filter(pk=invited.pk).exists()


def test_who_looked_after_an_entry_is_forgotten_two_years_after_it_left(home):
    staying, leaving = make_owner(), make_owner()
    states.withdraw(leaving.enterprise)
    now = timezone.now()
    assert forget_owners(now + timedelta(days=729)) == 0
    assert forget_owners(now + timedelta(days=731)) == 1
    assert EnterpriseOwner.objects.filter(pk=staying.pk).exists()
    assert not EnterpriseOwner.objects.filter(pk=leaving.pk).exists()
