"""A campaign's phase follows from its dates and the day it is in Sweden."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from campaigns.dates import span_in_words, swedish_date
from campaigns.enums import CampaignPhase
from campaigns.models import CampaignPage
from tests.campaigns.factories import CampaignPageFactory

pytestmark = pytest.mark.django_db  # a page looks its content type up when it is made

DAY = date(2027, 5, 8)


@pytest.mark.parametrize(
    ("today", "phase", "days_left", "words"),
    [
        (date(2027, 4, 26), CampaignPhase.COMING, 12, "12 days left"),
        (date(2027, 5, 7), CampaignPhase.COMING, 1, "Tomorrow"),
        (date(2027, 5, 8), CampaignPhase.RUNNING, 0, "Today"),
        (date(2027, 5, 9), CampaignPhase.FINISHED, 0, "Finished"),
    ],
)
def test_a_campaign_of_one_day_is_coming_then_today_then_finished(today, phase, days_left, words):
    campaign = CampaignPage(starts_on=DAY, ends_on=DAY)
    assert campaign.phase_on(today) == phase
    assert campaign.days_left_on(today) == days_left
    with translation.override("en"):
        assert campaign.phase_in_words_on(today) == words


@pytest.mark.parametrize(
    ("today", "phase"),
    [
        (date(2027, 1, 31), CampaignPhase.COMING),
        (date(2027, 2, 1), CampaignPhase.CALL),
        (date(2027, 4, 15), CampaignPhase.CALL),
        (date(2027, 4, 16), CampaignPhase.PROGRAMME),
        (date(2027, 5, 7), CampaignPhase.PROGRAMME),
        (date(2027, 5, 8), CampaignPhase.RUNNING),
        (date(2027, 5, 9), CampaignPhase.FINISHED),
    ],
)
def test_a_campaign_with_registration_is_called_for_before_its_programme_is_set(today, phase):
    campaign = CampaignPage(
        starts_on=DAY,
        ends_on=DAY,
        registration_opens_on=date(2027, 2, 1),
        registration_closes_on=date(2027, 4, 15),
    )
    assert campaign.phase_on(today) == phase


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [
        (date(2027, 2, 1), None, "registration_closes_on"),
        (None, date(2027, 4, 15), "registration_opens_on"),
        (date(2027, 4, 15), date(2027, 2, 1), "registration_closes_on"),
    ],
)
def test_registration_has_both_days_in_their_order(opens, closes, field):
    campaign = CampaignPage(
        title="K",
        slug="k",
        starts_on=DAY,
        ends_on=DAY,
        registration_opens_on=opens,
        registration_closes_on=closes,
    )
    with pytest.raises(ValidationError) as error:
        campaign.clean()
    assert field in error.value.message_dict


def test_a_campaign_of_several_days_runs_to_the_end_of_its_last():
    campaign = CampaignPage(starts_on=DAY, ends_on=date(2027, 5, 10))
    phases = [campaign.phase_on(date(2027, 5, day)) for day in (7, 8, 10, 11)]
    assert phases == ["coming", "running", "running", "finished"]
    with translation.override("en"):
        assert campaign.phase_in_words_on(date(2027, 5, 10)) == "Running now"


def test_the_day_is_sweden_s_whatever_time_zone_is_active():
    late_evening_in_utc = datetime(2027, 5, 7, 22, 30, tzinfo=UTC)
    with timezone.override("America/New_York"):
        assert swedish_date(late_evening_in_utc) == DAY


def test_dates_are_written_out_in_the_reader_s_language():
    with translation.override("sv"):
        assert span_in_words(DAY, DAY) == "lördag 8 maj 2027"
        assert span_in_words(DAY, date(2027, 5, 9)) == "lördag 8 maj – söndag 9 maj 2027"
        assert (
            span_in_words(date(2027, 12, 31), date(2028, 1, 1))
            == "fredag 31 december 2027 – lördag 1 januari 2028"
        )
    with translation.override("en"):
        assert span_in_words(DAY, DAY) == "Saturday 8 May 2027"


def test_a_campaign_cannot_end_before_it_begins():
    campaign = CampaignPage(title="K", slug="k", starts_on=DAY, ends_on=date(2027, 5, 7))
    with pytest.raises(ValidationError) as error:
        campaign.clean()
    assert "ends_on" in error.value.message_dict


def test_current_campaigns_come_soonest_first_and_finished_ones_latest_first(campaigns):
    for number, (start, end) in enumerate(
        [
            (date(2026, 5, 9), date(2026, 5, 9)),
            (date(2027, 5, 8), date(2027, 5, 8)),
            (date(2027, 5, 1), date(2027, 5, 20)),
            (date(2025, 5, 9), date(2025, 5, 9)),
        ]
    ):
        CampaignPageFactory(parent=campaigns, slug=f"k{number}", starts_on=start, ends_on=end)
    today = date(2027, 5, 8)
    current = CampaignPage.objects.current(today).values_list("slug", flat=True)
    finished = CampaignPage.objects.finished(today).values_list("slug", flat=True)
    assert list(current) == ["k2", "k1"]
    assert list(finished) == ["k0", "k3"]
