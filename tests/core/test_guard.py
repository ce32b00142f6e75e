"""Public forms are guarded by a trap, some work and a limit, and by no third party."""

import json

import altcha
import pytest
import time_machine
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse

from core.guard import GuardedForm, network, spend_proof


class GreetingForm(GuardedForm):
    purpose = "greeting"
    rate = "4/h"
    rate_without_script = "2/h"

    name = forms.CharField(label="Name", max_length=20, help_text="Your own.")


def solve(client):
    """Return what a browser sends after it has done the work."""
    challenge = altcha.Challenge.from_dict(client.get(reverse("challenge")).json())
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def post(address="192.0.2.1", **data):
    request = RequestFactory().post("/", REMOTE_ADDR=address)
    return GreetingForm({"name": "Siv"} | data, request=request)


def test_a_reader_who_has_worked_is_let_through(client):
    form = post(proof=solve(client))
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Siv"}


def test_work_counts_once(client):
    proof = solve(client)
    assert spend_proof(proof)
    assert not spend_proof(proof)


def test_work_must_be_done_in_time(client):
    with time_machine.travel("2027-03-01 10:00", tick=False) as clock:
        early, late = solve(client), solve(client)
        clock.shift(19 * 60)
        assert spend_proof(early)
        clock.shift(2 * 60)
        assert not spend_proof(late)


def test_work_for_a_challenge_that_is_not_ours_is_none():
    challenge = altcha.create_challenge("PBKDF2/SHA-256", 1, counter=1, hmac_secret="another")
    payload = altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()
    assert not spend_proof(payload)


def test_an_easier_challenge_than_ours_is_refused(client):
    given = json.loads(client.get(reverse("challenge")).content)
    given["parameters"] |= {"keyPrefix": "", "cost": 1}
    challenge = altcha.Challenge.from_dict(given)
    assert not spend_proof(altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64())


@pytest.mark.parametrize(
    "payload", ["", "x", "e30=", "bnVsbA==", "W10=", "å", "eyJjaGFsbGVuZ2UiOiAxfQ==", "{" * 99999]
)
def test_nonsense_is_no_work(payload):
    assert not spend_proof(payload)


def test_a_challenge_is_never_kept_and_differs_each_time(client):
    answers = [client.get(reverse("challenge")) for _ in range(2)]
    assert "no-store" in answers[0].headers["Cache-Control"]
    assert answers[0].json()["signature"] != answers[1].json()["signature"]
    assert client.post(reverse("challenge")).status_code == 405


def test_what_fills_the_hidden_field_is_stopped_and_loses_nothing():
    form = post(website="https://spam.example")
    assert not form.is_valid()
    assert "empty" in form.non_field_errors()[0] or "tom" in form.non_field_errors()[0]
    assert form["name"].value() == "Siv"


def test_without_script_the_limit_is_stricter(client):
    assert [post().is_valid() for _ in range(3)] == [True, True, False]
    assert [post(proof=solve(client)).is_valid() for _ in range(5)] == [True] * 4 + [False]


def test_the_limit_says_what_to_do_and_keeps_what_was_typed():
    form = [post(), post(), post()][-1]
    for attempt in (post(), post(), form):
        attempt.is_valid()
    assert len(form.non_field_errors()) == 1
    assert "JavaScript" in form.non_field_errors()[0]
    assert form["name"].value() == "Siv"


def test_mistakes_do_not_count():
    assert [post(name="x" * 21).is_valid() for _ in range(5)] == [False] * 5
    assert post().is_valid()


def test_each_sender_has_a_limit_of_their_own():
    assert [post("192.0.2.1").is_valid() for _ in range(3)] == [True, True, False]
    assert post("192.0.2.2").is_valid()


def test_the_limit_ends():
    with time_machine.travel("2027-03-01 10:00", tick=False) as clock:
        assert [post().is_valid() for _ in range(3)] == [True, True, False]
        clock.shift(60 * 60 + 2)
        assert post().is_valid()


@pytest.mark.parametrize(
    ("proxies", "forwarded", "sender"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "10.0.0.1, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (1, "::ffff:203.0.113.9", "203.0.113.9"),
        (3, "203.0.113.9", "192.0.2.1"),
        (1, "unknown", "unknown"),
    ],
)
def test_only_our_own_proxies_tell_who_the_sender_is(settings, proxies, forwarded, sender):
    settings.TRUSTED_PROXIES = proxies
    headers = {"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": forwarded}
    assert network(headers) == sender


def render(template, form):
    load = "{% load static %}"
    return Template(f"{load}{{% include 'core/components/{template}.html' %}}").render(
        Context({"form": form, "field": form["name"]})
    )


def test_an_error_is_tied_to_its_field_and_linked_from_the_summary():
    form = post(name="x" * 21)
    field = render("field", form)
    assert 'aria-describedby="id_name_helptext id_name_error"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="id_name_error"' in field
    assert 'id="id_name_helptext"' in field
    assert 'href="#id_name"' in render("error_summary", form)


def test_what_was_typed_is_escaped():
    form = post(name='"><script>alert(1)</script>', website="x")
    form.is_valid()
    assert "<script>alert" not in render("field", form) + render("guard", form)


def test_the_trap_is_out_of_the_way_of_people():
    html = render("guard", post())
    assert 'aria-hidden="true"' in html
    assert 'tabindex="-1"' in html
    assert "required" not in html
