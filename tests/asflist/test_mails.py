"""What all mails of the list have in common."""

from pathlib import Path

import pytest
from django.template.loader import render_to_string

FOLDER = Path(__file__).parents[2] / "asflist/templates/asflist/mail"
#: What is included in mails, and what they are made of.
PARTS = ("base.txt", "enquiry_facts.txt", "owner_foot.txt")
MAILS = sorted(path.name for path in FOLDER.glob("*.txt") if path.name not in PARTS)


@pytest.mark.parametrize("name", MAILS)
def test_every_mail_greets_and_is_signed(name):
    counts = {"days": 2, "number": 2, "more": 0}
    context = {
        "base_url": "https://site.example",
        "entries": [],
        "enquiry": {"name": "Kim"},
    } | counts
    text = render_to_string(f"asflist/mail/{name}", context)
    subject, greeting = [line for line in text.splitlines() if line.strip()][:2]
    assert subject.strip()
    assert greeting.startswith(("Hej", "Hello"))
    assert "\nASF Lyfter\nhttps://site.example\n" in text


def test_what_is_written_stands_in_a_mail_as_it_was_written():
    context = {"owner": {"name": "Kim & Co"}, "event": {"reason": "Skriv <mer> & bättre."}}
    text = render_to_string("asflist/mail/owner_declined.txt", context)
    assert "Kim & Co" in text
    assert "Skriv <mer> & bättre." in text
