"""The totals of an edition are sums of what was reported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns.events.results import Totals, totals
from campaigns.models import EventReport
from tests.campaigns.factories import make_campaign, make_event


@pytest.fixture
def campaign(campaigns: Any) -> Any:
    """A campaign that is over."""
    return make_campaign(campaigns, days=-10)


def report(event: Any, visitors: int, new_contacts: int) -> None:
    """Report what came of ``event``."""
    EventReport.objects.create(event=event, visitors=visitors, new_contacts=new_contacts)


def test_a_campaign_without_reports_has_zeros(campaign):
    assert totals(campaign) == Totals(0, 0, 0, 0)
    make_event(campaign)
    assert totals(campaign) == Totals(1, 0, 0, 0)


def test_the_totals_are_sums_and_say_how_many_have_answered(campaign):
    report(make_event(campaign), 40, 3)
    report(make_event(campaign), 25, 0)
    report(make_event(campaign), 0, 0)
    make_event(campaign)
    assert totals(campaign) == Totals(events=4, answered=3, visitors=65, new_contacts=3)


def test_cancelled_and_unpublished_events_and_other_editions_do_not_count(campaign, campaigns):
    cancelled = make_event(campaign)
    report(cancelled, 7, 7)
    cancelled.cancelled_at = timezone.now()
    cancelled.save()
    make_event(campaign, publish=False)
    report(make_event(make_campaign(campaigns, days=-400)), 9, 9)
    report(make_event(campaign), 1, 2)
    assert totals(campaign) == Totals(events=1, answered=1, visitors=1, new_contacts=2)


def test_the_english_page_has_the_same_figures_in_one_query(
    campaign, english_home, locales, django_assert_num_queries
):
    report(make_event(campaign), 12, 4)
    campaign.get_parent().copy_for_translation(locales["en"])
    english = campaign.copy_for_translation(locales["en"])
    with django_assert_num_queries(1):
        assert totals(english) == Totals(1, 1, 12, 4)


def test_many_times_do_not_count_an_event_twice(campaign):
    now = timezone.now()
    day = timedelta(days=1)
    event = make_event(campaign, times=[(now, now + day), (now + day, now + 2 * day)])
    report(event, 5, 1)
    assert totals(campaign) == Totals(1, 1, 5, 1)
