"""The demonstration is loaded once and never over what is there."""

from collections import Counter
from datetime import date

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, TaskState

from asflist.models import Enterprise
from asflist.places import counties_by_code, municipalities_by_code
from campaigns.enums import BookingMode, BookingState, CampaignPhase
from campaigns.models import Booking, CampaignPage, Event, EventOrganiser
from core.enums import Licence
from home.access import set_up_groups, set_up_workflows
from home.demo import dates
from home.demo.bodies import Keys
from home.demo.campaign_pages import fill_campaign
from home.demo.content import FOLDER, in_language, read, rich_text
from home.demo.enterprises import load_industries
from home.demo.events import Events, mails_kept_back
from home.demo.pictures import TITLES
from home.demo.tree import page_items
from tests.asflist.factories import make_enterprise
from tests.campaigns.factories import CampaignPageFactory, CampaignSeriesPageFactory


def test_loading_leaves_a_site_that_is_there_as_it_is(home, capsys):
    home.title = "Redigerad"
    home.save_revision().publish()
    before = Page.objects.count()
    call_command("load_demo")
    assert "left as it is" in capsys.readouterr().out
    assert Page.objects.count() == before
    home.refresh_from_db()
    assert home.title == "Redigerad"


@pytest.mark.parametrize(
    ("today", "day"),
    [(date(2026, 11, 22), date(2027, 5, 8)), (date(2027, 1, 1), date(2028, 5, 13))],
)
def test_the_open_house_is_the_second_saturday_in_may_next_year(today, day):
    assert dates.open_house_day(today) == day


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 11, 22), date(2026, 5, 9)),
        (date(2026, 5, 22), date(2025, 5, 10)),  # nobody has had the time to report yet
        (date(2026, 5, 23), date(2026, 5, 9)),
        (date(2027, 1, 1), date(2026, 5, 9)),
    ],
)
def test_the_past_open_house_is_the_latest_that_has_been_reported(today, day):
    assert dates.past_open_house_day(today) == day


def test_every_kind_of_content_is_there_in_the_numbers_promised():
    kinds = {}
    for item in page_items():
        kinds.setdefault(item.model.__name__, []).append(item)
    numbers = {name: len(items) for name, items in kinds.items()}
    assert numbers["FilmPage"] == 20
    assert numbers["PressReleasePage"] == 8
    assert numbers["CampaignPage"] == 3
    assert numbers["DebateArticlePage"] == 3
    assert numbers["ThemePage"] == 8
    assert numbers["TemplatePage"] == 10
    assert numbers["GuidancePage"] == 3
    assert numbers["ImpactStoryPage"] == 3
    assert numbers["HandbookPage"] == 2
    assert numbers["ChapterPage"] >= 10
    untranslated = [name for name, items in kinds.items() if not any(i.translated for i in items)]
    assert untranslated == []


def test_a_text_without_english_is_given_in_swedish():
    assert in_language({"a": {"sv": "Hej", "en": "Hello"}, "b": ["Kvar"]}, "en") == {
        "a": "Hello",
        "b": ["Kvar"],
    }


def test_a_link_to_a_page_that_there_is_not_is_refused():
    assert rich_text("[Listan](page:asf-list)", {"asf-list": 7}) == (
        '<p><a linktype="page" id="7">Listan</a></p>'
    )
    with pytest.raises(KeyError):
        rich_text("[Listan](page:fel)", {})


def hosts_in(place):
    """The county codes of the open houses in one list of the content."""
    municipalities = {item["key"]: item["municipality"] for item in read("enterprises")}
    codes = [
        item.get("municipality") or municipalities[item["enterprise"]]
        for item in read("events")[place]
    ]
    return {municipalities_by_code()[code].county_code for code in codes}


def test_forty_open_houses_are_in_nineteen_counties_and_booked_in_every_way():
    coming = read("events")["coming"]
    assert len(coming) == 40
    assert len(hosts_in("coming")) == 19
    assert counties_by_code().keys() - hosts_in("coming") == {"07", "09"}
    modes = Counter(item["booking"] for item in coming)
    assert set(modes) == set(BookingMode.values)
    assert modes["here"] >= 12
    assert sum("cancelled" in item for item in coming) == 1
    assert sum(len(item["times"]) > 1 for item in coming) >= 5
    assert {item.get("text_language", "sv") for item in coming} == {"sv", "en"}
    assert 12 <= len(read("events")["past"]) <= 20


def test_the_media_bank_has_fifteen_pictures_of_our_own_described_in_both_languages():
    items = read("press")["media_bank"]
    pictures = [item for item in items if "image" in item]
    assert len(pictures) >= 15
    assert len({item["image"] for item in pictures}) == len(pictures)
    assert {item["licence"] for item in items} <= set(Licence.values)
    for item in pictures:
        assert item["image"] in TITLES
        assert (FOLDER / "pictures" / f"{item['image']}.svg").exists()
    for item in items:
        for name in ("title", "caption", "tags", *(["alt"] if "image" in item else [])):
            assert item[name].keys() == {"sv", "en"}, item["title"]
    assert [item["consent_days"] for item in items if "consent_days" in item] == [20]


@pytest.fixture
def open_houses(home, locales):
    """What the open houses need: editions, and enterprises that have only names; no pictures."""
    load_industries(locales["sv"], locales["en"])
    set_up_groups()
    set_up_workflows()
    enterprises = {
        item["key"]: make_enterprise(name=item["name"], municipality=item["municipality"])
        for item in read("enterprises")
    }
    keys = Keys(today=timezone.localdate(), source=locales["sv"])
    keys.images = dict.fromkeys(TITLES)
    series = CampaignSeriesPageFactory(parent=home, slug="oppet-hus")
    for edition in ("open-house", "open-house-past"):
        item = next(item for item in page_items() if item.key == edition)
        texts = item.texts("sv", keys.today) | {"body": [], "material": []}
        keys.pages = dict.fromkeys(["contact"], series.pk) | keys.pages
        page = CampaignPageFactory.build(title=texts["title"], slug=texts["slug"])
        fill_campaign(page, texts, keys)
        series.add_child(instance=page)
        keys.pages[edition] = page.pk
    return Events(keys, enterprises)


def test_the_coming_open_house_is_in_its_call_and_the_past_one_has_results(open_houses):
    coming, past = CampaignPage.objects.order_by("-starts_on")
    assert coming.phase == CampaignPhase.CALL
    assert past.phase == CampaignPhase.FINISHED
    assert coming.slug == str(coming.starts_on.year)
    assert past.results


def test_every_open_house_is_one_that_staff_could_have_approved(
    open_houses, superuser, django_capture_on_commit_callbacks
):
    with mails_kept_back(), django_capture_on_commit_callbacks(execute=True):
        assert open_houses.load() == 56
        open_houses.load_submitted(superuser)
    assert mail.outbox == []
    published = Event.objects.published()
    assert published.count() == 56
    assert published.filter(enterprise__in=Enterprise.objects.all()).count() >= 30
    assert EventOrganiser.objects.exclude(email__endswith=".example").count() == 0
    coming = open_houses.campaigns["open-house"]
    assert coming.events.count() == 43
    assert coming.events.exclude(copied_from=None).count() >= 10
    for event in Event.objects.prefetch_related("times"):
        event.full_clean()
        days = {time.local_start.date() for time in event.times.all()}
        assert days == {event.campaign.starts_on}
    states = TaskState.objects.values_list("status", flat=True)
    assert Counter(states) == {"in_progress": 2, "rejected": 1}
    assert Counter(Booking.objects.values_list("state", flat=True)) == {
        BookingState.CONFIRMED: 4,
        BookingState.WAITING: 2,
    }
    past = open_houses.campaigns["open-house-past"]
    held = past.events.filter(cancelled_at=None)
    assert 0 < held.filter(report__isnull=False).count() < held.count()
