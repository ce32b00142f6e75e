"""What is personal in enquiries goes when its time is out; the numbers stay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from asflist.enquiries.report import totals
from asflist.enquiries.retention import forget_enquiries
from asflist.models import Enquiry, EnquiryAttachment, EnquiryReceiver
from asflist.models.enquiry_attachment import private_storage
from tests.asflist.enquiry_steps import answer_path, buyer_path, choose, filled_in, send, write
from tests.asflist.factories import make_enterprise, make_list_page


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    """A block after which what waits for the commit is done."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def cafe(home):
    """An entry to ask."""
    make_list_page(home)
    return make_enterprise()


def pdf():
    """A small file that is taken."""
    return SimpleUploadedFile("behov.pdf", b"%PDF-1.4\n%%EOF")


def after(days):
    """Return the moment so many days from now."""
    return timezone.now() + timedelta(days=days)


def test_a_year_after_the_last_event_nothing_personal_is_left(client, cafe):
    send(client, cafe, phone="026-12 34 56")
    client.post(answer_path(cafe), {"state": "can", "answer": "Hemligt svar"})
    paths = [buyer_path(), answer_path(cafe)]
    forget_enquiries(after(364))
    assert Enquiry.objects.get().forgotten_at is None
    before = totals()
    assert forget_enquiries(after(366)) == 1
    enquiry = Enquiry.objects.get()
    for name in ("name", "organisation", "email", "phone", "title", "text", "outcome_comment"):
        assert not getattr(enquiry, name)
    assert EnquiryReceiver.objects.get().answer == ""
    assert totals() == before, "the numbers stay"
    for path in paths:
        assert client.get(path).status_code == 404
    assert forget_enquiries(after(366)) == 0


def test_files_go_half_a_year_after_the_enquiry(client, cafe, commits):
    enquiry = send(client, cafe, attachments=[pdf()])
    client.post(answer_path(cafe), {"state": "can", "answer": "Ja", "attachments": [pdf()]})
    names = list(EnquiryAttachment.objects.values_list("file", flat=True))
    assert len(names) == 2
    with commits():
        forget_enquiries(after(182))
    assert all(private_storage().exists(name) for name in names)
    with commits():
        forget_enquiries(after(184))
    assert not any(private_storage().exists(name) for name in names)
    enquiry.refresh_from_db()
    assert enquiry.forgotten_at is None


def test_files_go_three_months_after_the_outcome(client, cafe):
    send(client, cafe, attachments=[pdf()])
    client.post(f"{buyer_path()}utfall/", {"outcome": "none"})
    forget_enquiries(after(89))
    assert EnquiryAttachment.objects.exists()
    forget_enquiries(after(91))
    assert not EnquiryAttachment.objects.exists()


def test_what_was_never_confirmed_goes_with_its_files(client, cafe, commits):
    write(client, cafe, attachments=[pdf()])
    (name,) = EnquiryAttachment.objects.values_list("file", flat=True)
    forget_enquiries(after(13))
    assert Enquiry.objects.exists()
    with commits():
        forget_enquiries(after(15))
    assert not Enquiry.objects.exists()
    assert not private_storage().exists(name)


def test_a_file_whose_form_was_left_goes_the_next_day(client, cafe):
    choose(client, cafe)
    client.post("/forfragan/skriv/", filled_in(text="", attachments=[pdf()]))
    assert EnquiryAttachment.objects.count() == 1
    forget_enquiries(after(2))
    assert not EnquiryAttachment.objects.exists()


def test_a_file_that_no_row_names_is_swept_up(db):
    storage = private_storage()
    name = storage.save("enquiries/left.pdf", pdf())
    forget_enquiries(timezone.now())
    assert storage.exists(name)
    forget_enquiries(after(2))
    assert not storage.exists(name)


def test_the_nightly_command_does_it(client, cafe):
    write(client, cafe)
    Enquiry.objects.update(created_at=after(-15))
    call_command("delete_personal_data")
    assert not Enquiry.objects.exists()
