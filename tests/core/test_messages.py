"""The Swedish interface is complete."""

from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext

from core import messages

CATALOGUE, PACKAGES = (Path(path) / "sv/LC_MESSAGES/django.po" for path in settings.LOCALE_PATHS)


@pytest.fixture(scope="module")
def in_code():
    return {
        (message.id, message.context)
        for message in messages.collect(settings.BASE_DIR)
        if message.id
    }


@pytest.fixture(scope="module")
def in_swedish():
    return {
        (message.id, message.context): message for message in messages.read(CATALOGUE) if message.id
    }


def test_every_message_in_the_code_is_in_the_swedish_catalogue(in_code, in_swedish):
    assert len(in_code) > 100
    assert sorted(map(str, in_code - in_swedish.keys())) == []


def test_the_swedish_catalogue_holds_nothing_that_the_code_does_not_use(in_code, in_swedish):
    assert sorted(map(str, in_swedish.keys() - in_code)) == []


@pytest.mark.parametrize("catalogue", [CATALOGUE, PACKAGES])
def test_every_message_has_a_swedish_text(catalogue):
    empty = [
        message.id
        for message in messages.read(catalogue)
        if message.id
        and (
            message.fuzzy
            or not all([message.string] if isinstance(message.string, str) else message.string)
        )
    ]
    assert empty == []


@pytest.mark.parametrize("catalogue", [CATALOGUE, PACKAGES])
def test_every_translation_keeps_the_placeholders_of_its_message(catalogue):
    broken = [
        message.id for message in messages.read(catalogue) if message.id and list(message.check())
    ]
    assert broken == []


def test_messages_are_compiled_and_used():
    with translation.override("sv"):
        assert gettext("Skip to the content") == "Hoppa till innehållet"
    with translation.override("en"):
        assert gettext("Skip to the content") == "Skip to the content"


def test_what_packages_lack_in_swedish_is_ours(admin_client_sv):
    text = admin_client_sv.get("/admin/media/").content.decode()
    assert "Add video" not in text
    assert "Lägg till video" in text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (forms.CharField(), "", "Fyll i det här fältet."),
        (forms.CharField(max_length=120), "x" * 300, "Högst 120 tecken. Du har skrivit 300."),
        (forms.CharField(max_length=1), "xx", "Högst 1 tecken. Du har skrivit 2."),
        (forms.IntegerField(min_value=1990), "0", "Skriv 1990 eller mer."),
        (forms.IntegerField(max_value=100), "101", "Skriv 100 eller mindre."),
        (
            forms.URLField(assume_scheme="https"),
            "vår sida",
            "Skriv en webbadress, till exempel foretag.se.",
        ),
    ],
)
def test_what_is_wrong_in_a_form_is_said_plainly(field, typed, words):
    with translation.override("sv"), pytest.raises(ValidationError) as refused:
        field.clean(typed)
    assert refused.value.messages == [words]
