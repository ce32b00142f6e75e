"""Organisation numbers: checked, kept in one form, and on the list once."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from asflist.organisation_numbers import normalise
from tests.asflist.factories import make_enterprise, organisation_number


@pytest.mark.parametrize(
    "written", ["802002-4280", "8020024280", " 802002 4280 ", "16802002-4280", "802002.4280"]
)
def test_every_way_of_writing_a_number_is_kept_in_one(written):
    assert normalise(written) == "802002-4280"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (
            "802002-4281",
            "Numrets sista siffra stämmer inte med de andra. Kontrollera varje siffra.",
        ),
        ("802002-428", "Ett organisationsnummer har tio siffror, till exempel 769600-1234."),
        ("abcdef-ghij", "Ett organisationsnummer har tio siffror, till exempel 769600-1234."),
        ("٨٠٢٠٠٢-٤٢٨٠", "Ett organisationsnummer har tio siffror, till exempel 769600-1234."),
        ("640823-3234", "Det här är ett personnummer. Skriv föreningens eller bolagets nummer."),
    ],
)
def test_what_is_no_organisation_number_is_refused_in_plain_swedish(written, message):
    with translation.override("sv"), pytest.raises(ValidationError) as refusal:
        normalise(written)
    assert refusal.value.messages == [message]


def test_a_number_that_is_on_the_list_is_refused_and_named(locales):
    first = make_enterprise(name="Kafé Ån")
    second = make_enterprise()
    second.organisation_number = first.organisation_number.replace("-", "")
    with translation.override("sv"), pytest.raises(ValidationError) as refusal:
        second.full_clean()
    assert refusal.value.message_dict["organisation_number"] == [
        "Kafé Ån har redan det organisationsnumret. Redigera den posten."
    ]


def test_the_database_keeps_two_entries_of_a_language_apart(locales):
    first = make_enterprise()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_enterprise(organisation_number=first.organisation_number)


def test_drafts_may_wait_for_their_number(locales):
    make_enterprise(organisation_number="", live=False)
    make_enterprise(organisation_number="", live=False)


def test_checking_puts_the_number_in_its_form(locales):
    enterprise = make_enterprise()
    number = organisation_number()
    enterprise.organisation_number = number.replace("-", "")
    enterprise.clean()
    assert enterprise.organisation_number == number
