"""Staff are told in good time that consent to a picture ends, once for each end."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.consent import warn_of_expiring_consents
from core.dates import swedish_today
from home.access import set_up_groups
from home.models import StandardPage


@pytest.fixture
def staff(home):
    """One of each role, by the group's name."""
    set_up_groups()
    users = {}
    for group in Group.objects.all():
        user = User.objects.create_user(f"user-{group.pk}", f"{group.pk}@example.com", "password")
        user.groups.add(group)
        users[group.name] = user
    return users


@pytest.fixture
def make_ending(make_image):
    """A factory of pictures whose consent ends in so many days: ``make_ending("Kafé", 30)``."""

    def make(title, days):
        image = make_image(title=title)
        image.consent_expires_on = swedish_today() + timedelta(days=days)
        image.save()
        return image

    return make


def test_moderators_are_warned_thirty_days_before_and_once(staff, make_ending, mailoutbox):
    make_ending("Kaféet", 30)
    make_ending("Verkstaden", 31)
    assert warn_of_expiring_consents() == 1
    assert [message.to for message in mailoutbox] == [[staff["Moderatorer"].email]]
    assert "Kaféet" in mailoutbox[0].body
    assert "Verkstaden" not in mailoutbox[0].body
    assert warn_of_expiring_consents() == 0
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        assert warn_of_expiring_consents() == 1
    assert "Verkstaden" in mailoutbox[1].body
    assert "Kaféet" not in mailoutbox[1].body


def test_another_end_is_warned_of_anew(staff, make_ending, mailoutbox):
    image = make_ending("Kaféet", 10)
    warn_of_expiring_consents()
    image.refresh_from_db()
    image.consent_expires_on += timedelta(days=365)
    image.save()
    assert warn_of_expiring_consents() == 0
    with time_machine.travel(timezone.now() + timedelta(days=360), tick=False):
        assert warn_of_expiring_consents() == 1
    assert len(mailoutbox) == 2


def test_the_warning_says_where_the_picture_is_shown_and_edited(
    staff, home, make_ending, mailoutbox, settings
):
    image = make_ending("Kaféet", 5)
    home.add_child(instance=StandardPage(title="Om oss", slug="om", listing_image=image))
    warn_of_expiring_consents()
    body = mailoutbox[0].body
    assert "Om oss" in body
    assert image.consent_in_words in body
    edit = reverse("wagtailimages:edit", args=[image.pk])
    assert f"{settings.WAGTAILADMIN_BASE_URL}{edit}" in body


def test_a_name_cannot_break_the_mail(staff, make_ending, mailoutbox):
    make_ending("Kafé\r\nBcc: nagon@example.com & <b>", 5)
    warn_of_expiring_consents()
    message = mailoutbox[0].message()
    assert message["Bcc"] is None
    assert "& <b>" in mailoutbox[0].body


def test_without_a_moderator_the_warning_waits(home, make_ending, mailoutbox):
    make_ending("Kaféet", 5)
    assert warn_of_expiring_consents() == 0
    set_up_groups()
    user = User.objects.create_user("m", "m@example.com", "password")
    user.groups.add(Group.objects.get(name="Moderatorer"))
    assert warn_of_expiring_consents() == 1
    assert [message.to for message in mailoutbox] == [["m@example.com"]]


def test_a_warning_that_could_not_be_sent_is_sent_the_next_time(
    staff, make_ending, mailoutbox, settings
):
    make_ending("Kaféet", 5)
    locmem = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with pytest.raises(OSError, match="refused"):
        warn_of_expiring_consents()
    settings.EMAIL_BACKEND = locmem
    assert warn_of_expiring_consents() == 1


def test_the_command_says_how_many_and_no_more(staff, make_ending, capsys):
    make_ending("Kaféet", 5)
    call_command("warn_of_expiring_consents")
    assert capsys.readouterr().out == "Warned of 1 consents.\n"


def test_the_report_and_the_home_page_have_what_ends_and_what_has_ended(client, staff, make_ending):
    for title, days in (("Slut", -3), ("Snart", 12), ("Sedan", 90)):
        make_ending(title, days)
    client.force_login(staff["Moderatorer"])
    report = client.get(reverse("consent_report")).content.decode()
    panel = client.get(reverse("wagtailadmin_home")).content.decode()
    for html in (report, panel):
        assert "Slut" in html
        assert "Snart" in html
        assert "Sedan" not in html


def test_who_may_not_change_pictures_sees_neither(client, staff, make_ending):
    make_ending("Hemlig", 3)
    client.force_login(staff["Översättare"])
    assert client.get(reverse("consent_report")).status_code == 302
    assert "Hemlig" not in client.get(reverse("wagtailadmin_home")).content.decode()
