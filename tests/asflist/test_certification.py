"""Certification: the plan, the certificate, its end, and the badge that goes with it."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from asflist.certification import actions, plan, reminders
from asflist.certification.owner_pages import tell_of_certification
from asflist.certification.plan import progress_of
from asflist.enums import ListingAction, ListingState
from asflist.models import Enterprise, EnterpriseOwner, ListingEvent
from asflist.owners.access import open_session
from asflist.states import NotPossibleError
from core.dates import swedish_today
from core.models import OutgoingMail
from tests.asflist.factories import make_enterprise, make_list_page
from tests.asflist.region_factories import make_certification_page, make_step

UNTIL = date(2027, 5, 31)


@pytest.fixture
def steps(home):
    """A plan of two steps."""
    return [make_step("Visa stadgarna", 0), make_step("Ta emot besök", 1)]


@pytest.fixture
def enterprise(steps):
    """An approved entry."""
    return make_enterprise(name="Kafé Ett")


@pytest.fixture
def on_day(monkeypatch):
    """Move the clock: ``on_day(date(2027, 5, 31))``."""

    def move(day):
        moment = timezone.make_aware(
            timezone.datetime(day.year, day.month, day.day, 12), timezone.get_default_timezone()
        )
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return move


def make_owner(enterprise, **kw):
    values = {"email": "agare@asf.example", "name": "Alma", "language": "sv"} | kw
    values.setdefault("confirmed_at", timezone.now())
    return EnterpriseOwner.objects.create(enterprise=enterprise, **values)


def do_all(enterprise, steps, user):
    for step in steps:
        actions.mark_step(enterprise, step, user, done_on=swedish_today())


def test_an_enterprise_is_certified_when_every_step_is_done(enterprise, steps, superuser):
    with pytest.raises(ValidationError) as error:
        actions.certify(enterprise, swedish_today(), superuser)
    assert "reason" in error.value.message_dict
    do_all(enterprise, steps, superuser)
    actions.certify(enterprise, swedish_today(), superuser)
    assert enterprise.certified == swedish_today()
    event = ListingEvent.objects.get(action=ListingAction.CERTIFIED)
    assert event.user == superuser
    assert event.details["until"] == swedish_today().isoformat()


def test_staff_may_certify_without_a_step_if_they_say_why(enterprise, steps, superuser):
    actions.mark_step(enterprise, steps[0], superuser, done_on=swedish_today())
    actions.certify(enterprise, swedish_today(), superuser, reason="Besöket är bokat.")
    event = ListingEvent.objects.get(action=ListingAction.CERTIFIED)
    assert event.reason == "Besöket är bokat."
    assert event.details["missing"] == ["Ta emot besök"]


def test_the_day_is_written_in_every_language(enterprise, steps, superuser, locales):
    twin = enterprise.copy_for_translation(locales["en"])
    twin.save()
    actions.certify(enterprise, swedish_today(), superuser, reason="Prov.")
    days = Enterprise.objects.values_list("certified_until", flat=True)
    assert set(days) == {swedish_today()}
    actions.end_certificate(enterprise, superuser, "Slutade.")
    assert set(Enterprise.objects.values_list("certified_until", flat=True)) == {None}


def test_a_day_that_has_passed_or_an_entry_off_the_list_is_not_certified(
    enterprise, steps, superuser
):
    with pytest.raises(ValidationError):
        actions.certify(enterprise, swedish_today() - timedelta(days=1), superuser, reason="Prov.")
    Enterprise.objects.update(live=False, state=ListingState.PAUSED)
    with pytest.raises(NotPossibleError):
        actions.certify(enterprise, swedish_today(), superuser, reason="Prov.")


def test_a_certificate_is_ended_with_a_reason_only(enterprise, superuser):
    with pytest.raises(NotPossibleError):
        actions.end_certificate(enterprise, superuser, "Det finns inget.")
    actions.certify(enterprise, swedish_today(), superuser, reason="Prov.")
    with pytest.raises(ValidationError):
        actions.end_certificate(enterprise, superuser, "  ")
    actions.end_certificate(enterprise, superuser, "Slutade.")
    assert enterprise.certified is None
    assert ListingEvent.objects.filter(action=ListingAction.CERTIFICATE_ENDED).count() == 1


def test_a_step_is_done_once_and_can_be_undone(enterprise, steps, superuser):
    tomorrow = swedish_today() + timedelta(days=1)
    with pytest.raises(ValidationError):
        actions.mark_step(enterprise, steps[0], superuser, done_on=tomorrow)
    for _time in range(2):
        actions.mark_step(enterprise, steps[0], superuser, done_on=swedish_today())
    assert [bool(row.done_on) for row in progress_of(enterprise)] == [True, False]
    assert ListingEvent.objects.count() == 1
    actions.mark_step(enterprise, steps[0], superuser, done_on=None)
    assert not any(row.done_on for row in progress_of(enterprise))


def test_owners_are_reminded_once_at_90_and_once_at_30_days(enterprise, on_day):
    make_owner(enterprise)
    make_owner(enterprise, email="obekraftad@asf.example", confirmed_at=None)
    Enterprise.objects.update(certified_until=UNTIL)
    sent = []
    for left in (91, 90, 90, 60, 30, 30, 1, 0, -1):
        on_day(UNTIL - timedelta(days=left))
        sent.append(reminders.remind())
    assert sent == [0, 1, 0, 0, 1, 0, 0, 0, 0]
    assert OutgoingMail.objects.count() == 2


def test_a_reminder_says_until_when_and_leads_to_the_plan(
    enterprise, on_day, mailoutbox, django_capture_on_commit_callbacks
):
    make_owner(enterprise)
    Enterprise.objects.update(certified_until=UNTIL)
    on_day(UNTIL - timedelta(days=30))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("remind_of_certificates")
    (mail,) = mailoutbox
    assert mail.to == ["agare@asf.example"]
    assert "Kafé Ett" in mail.subject
    assert "31 maj 2027" in mail.body
    assert "/mitt-asf/certifiering/" in mail.body


@pytest.mark.parametrize("state", [ListingState.PAUSED, ListingState.WITHDRAWN])
def test_nobody_is_reminded_of_an_entry_that_is_off_the_list(enterprise, on_day, state):
    make_owner(enterprise)
    Enterprise.objects.update(certified_until=UNTIL, live=False, state=state)
    on_day(UNTIL - timedelta(days=30))
    assert reminders.remind() == 0


def badges(client):
    """Return in which public places the certificate of Kafé Ett is told of."""
    entry = client.get("/asf-listan/kafe-ett/").content.decode()
    listed = client.get("/asf-listan/").content.decode()
    found = client.get("/asf-listan/?certified=1").content.decode()
    page = client.get("/certifiering/").content.decode()
    main = entry.partition("<main")[2]
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', entry, re.S)[1])
    card = listed.partition("/asf-listan/kafe-ett/")[2].partition("</article>")[0]
    return {
        "page": "31 maj 2027" in main,
        "card": "Certifiera" in card or "Certified" in card,
        "list filter": "kafe-ett" in found.partition("<main")[2],
        "JSON-LD": "2027-05-31" in json.dumps(data),
        "who is certified": "Kafé Ett" in page,
    }


def test_the_badge_is_gone_everywhere_the_day_after(client, home, enterprise, on_day):
    make_list_page(home)
    make_certification_page(home)
    make_enterprise(name="En annan")
    for row in Enterprise.objects.filter(name="Kafé Ett"):
        row.certified_until = UNTIL
        row.save()
    on_day(UNTIL)
    last_day = badges(client)
    on_day(UNTIL + timedelta(days=1))
    day_after = badges(client)
    assert all(last_day.values()), last_day
    assert not any(day_after.values()), day_after


def test_only_public_entries_are_shown_as_certified(client, home, enterprise):
    make_list_page(home)
    make_certification_page(home)
    values = {"certified_until": swedish_today(), "live": False}
    make_enterprise(name="Pausad", state=ListingState.PAUSED, **values)
    make_enterprise(name="Visas", certified_until=swedish_today())
    text = client.get("/certifiering/").content.decode()
    assert "Visas" in text
    assert "Pausad" not in text
    assert "Visa stadgarna" in text
    assert text.index("Visa stadgarna") < text.index("Ta emot besök")


def test_the_certified_come_a_page_at_a_time(client, home, monkeypatch):
    monkeypatch.setattr(plan, "PER_PAGE", 2)
    make_list_page(home)
    make_certification_page(home)
    for name in ("Arken", "Boden", "Cykeln"):
        make_enterprise(name=name, certified_until=swedish_today())
    first = client.get("/certifiering/").content.decode()
    assert "3 företag har ett giltigt certifikat" in first
    assert "Boden" in first
    assert "Cykeln" not in first
    assert "Cykeln" in client.get("/certifiering/?page=2").content.decode()
    assert "Cykeln" in client.get("/certifiering/?page=99").content.decode()


def test_staff_mark_steps_certify_and_end(admin_client_sv, enterprise, steps):
    address = reverse("certification", args=[enterprise.pk])
    for step in steps:
        data = {"act": "step", "step": step.pk, "done_on": swedish_today().isoformat()}
        assert admin_client_sv.post(address, data).status_code == 302
    until = (swedish_today() + timedelta(days=20)).isoformat()
    assert admin_client_sv.post(address, {"act": "certify", "until": until}).status_code == 302
    enterprise.refresh_from_db()
    assert enterprise.certified
    listing = admin_client_sv.get(reverse("certificates:index")).content.decode()
    assert "Kafé Ett" in listing
    refused = admin_client_sv.post(address, {"act": "end", "reason": ""})
    assert refused.status_code == 200
    admin_client_sv.post(address, {"act": "end", "reason": "Slutade."})
    enterprise.refresh_from_db()
    assert enterprise.certified is None


def test_what_staff_typed_is_kept_when_a_reason_is_missing(admin_client_sv, enterprise):
    address = reverse("certification", args=[enterprise.pk])
    until = (swedish_today() + timedelta(days=20)).isoformat()
    response = admin_client_sv.post(address, {"act": "certify", "until": until})
    assert response.status_code == 200
    assert until in response.content.decode()
    assert response.context["certify_form"].errors["reason"]


def test_certificates_that_end_soon_stand_first(admin_client_sv, enterprise):
    make_enterprise(name="Slutar sent", certified_until=date(2090, 1, 1))
    make_enterprise(name="Slutar snart", certified_until=date(2080, 1, 1))
    text = admin_client_sv.get(reverse("certificates:index")).content.decode()
    assert text.index("Slutar snart") < text.index("Slutar sent")
    assert "Kafé Ett" not in text


@pytest.mark.parametrize("name", ["certification", "certificates:index"])
def test_certificates_are_for_those_who_may_publish_entries(client, enterprise, name):
    from django.contrib.auth.models import Permission, User

    user = User.objects.create_user("nagon", password="password")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    args = [enterprise.pk] if name == "certification" else []
    assert client.get(reverse(name, args=args)).status_code in (302, 403)


def test_an_owner_sees_the_plan_and_how_far_it_has_come(client, rf, enterprise, steps, superuser):
    owner = make_owner(enterprise)
    actions.mark_step(enterprise, steps[0], superuser, done_on=swedish_today())
    (task,) = tell_of_certification(owner)
    assert task.url == "/mitt-asf/certifiering/"
    assert not task.urgent
    session = client.session
    request = rf.get("/")
    request.session = session
    open_session(request, owner)
    session.save()
    response = client.get(task.url)
    text = response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert "Visa stadgarna" in text
    assert "Ta emot besök" in text
    actions.certify(enterprise, swedish_today(), superuser, reason="Prov.")
    owner.enterprise.refresh_from_db()
    assert tell_of_certification(owner)[0].urgent


def test_nobody_else_sees_an_owners_progress(client, enterprise):
    response = client.get("/mitt-asf/certifiering/")
    assert response.status_code == 302
    assert response.url == reverse("owner_link")


def test_a_step_with_a_number_of_four_figures_is_marked(admin_client_sv, enterprise):
    step = make_step("Visa bokslutet", 2, pk=12345)
    address = reverse("certification", args=[enterprise.pk])
    html = admin_client_sv.get(address).content.decode()
    assert 'name="step" value="12345"' in html
    assert 'id="done-12345"' in html
    admin_client_sv.post(address, {"act": "step", "step": step.pk, "done_on": ""})
    assert [row.pk for row in progress_of(enterprise) if row.done_on] == [12345]
