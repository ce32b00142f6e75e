"""What was begun and never finished is deleted after a month, with its pictures."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from asflist.applications.actions import begin
from asflist.models import EnterpriseDraft
from asflist.retention import forget_applications
from campaigns.events.retention import delete_what_is_spent
from tests.asflist.factories import organisation_number

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    made = begin(organisation_number(), "kim@example.com", "sv")
    made.logo.save("logo.png", ContentFile(b"x"))
    return made


def test_a_form_is_kept_for_a_month_after_it_was_last_touched(draft):
    assert forget_applications(timezone.now() + timedelta(days=29)) == 0
    assert EnterpriseDraft.objects.count() == 1
    assert draft.logo.storage.exists(draft.logo.name)


def test_a_form_that_nobody_touches_is_deleted_with_its_pictures(draft):
    with time_machine.travel(timezone.now() + timedelta(days=32)):
        assert delete_what_is_spent()["applications"] == 1
    assert EnterpriseDraft.objects.count() == 0
    assert not draft.logo.storage.exists(draft.logo.name)
