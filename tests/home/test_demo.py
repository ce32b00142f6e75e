"""The demonstration is loaded once and never over what is there."""

import io
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from wagtail.models import Page, TaskState

from asflist.enums import Procurement
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
from home.demo.enterprises import load_industries, publish
from home.demo.events import Events, mails_kept_back
from home.demo.glossary import load_glossary
from home.demo.library_pages import caption_text
from home.demo.pictures import TITLES, encoded_quickly
from home.demo.profiles import pictures_in_words
from home.demo.translation import translate
from home.demo.tree import page_items
from home.models import HomePage
from library.enums import AudioDescription
from library.feedback import ASKING
from library.models import FilmPage, GlossaryTerm, HandbookPage
from library.transcripts import from_captions, parse
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
    assert numbers["GuidancePage"] == 4
    assert numbers["ImpactStoryPage"] == 3
    assert numbers["HandbookPage"] == 3
    assert numbers["ChapterPage"] == 22
    assert numbers["FilmSeriesPage"] == 3
    assert numbers["TheoryOfChangePage"] == 1
    untranslated = [name for name, items in kinds.items() if not any(i.translated for i in items)]
    assert untranslated == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_no_two_pages_beside_one_another_have_the_same_address(language):
    today = date(2026, 11, 22)
    items = [item for item in page_items() if language == "sv" or item.translated]
    addresses = Counter((item.parent, item.texts(language, today)["slug"]) for item in items)
    assert [address for address, times in addresses.items() if times > 1] == []


def test_pages_come_after_the_page_that_they_stand_under():
    seen = {None}
    for item in page_items():
        assert item.parent in seen, item.key
        seen.add(item.key)


def test_films_stand_in_their_series_in_the_order_of_the_content():
    parents = {item.key: item.parent for item in page_items() if item.model is FilmPage}
    series = {item["key"] for item in read("films")["series"]}
    assert len([key for key, parent in parents.items() if parent == "series-financing"]) == 9
    assert set(parents.values()) == series | {"library"}


def test_every_film_has_what_a_public_film_must_have_in_both_languages():
    for item in read("films")["films"]:
        assert item["description"]["kind"] in AudioDescription.values, item["key"]
        assert (FOLDER / "films" / f"{item['clip']}.mp4").exists()
        for language in ("sv", "en"):
            assert parse(from_captions(caption_text(item["clip"], language)))
    described = [item for item in read("films")["films"] if "clip" in item["description"]]
    assert described
    for item in described:
        assert (FOLDER / "films" / f"{item['description']['clip']}.mp4").exists()


def test_the_earlier_edition_is_a_book_of_its_own_from_its_own_year():
    books = [item for item in page_items() if item.model is HandbookPage]
    [replaced] = [item for item in books if "published_on" in item.item]
    [newer] = [item for item in books if "earlier" in item.item]
    assert newer.item["earlier"]["key"] == replaced.key
    chapters = [item for item in page_items() if item.parent == replaced.key]
    assert len(chapters) == 3
    assert {item.item["published_on"] for item in chapters} == {date(2022, 9, 15)}


def test_what_is_easy_to_read_says_what_a_page_of_the_demonstration_says():
    items = {item.key: item for item in page_items()}
    versions = {
        key: item.item["easy_read_of"] for key, item in items.items() if "easy_read_of" in item.item
    }
    assert versions == {"easy-to-read": "about", "easy-read-show-benefit": "guidance-show-benefit"}
    assert set(versions.values()) <= items.keys()


def test_readers_have_answered_about_pages_that_ask_and_that_their_language_has():
    items = {item.key: item for item in page_items()}
    answers = read("feedback")
    assert len(answers) >= 12
    assert {answer["helpful"] for answer in answers} == {True, False}
    for answer in answers:
        item = items[answer["page"]]
        assert issubclass(item.model, ASKING)
        assert answer["language"] == "sv" or item.translated


def test_the_glossary_explains_each_word_in_both_languages(locales):
    assert load_glossary(locales["sv"], locales["en"]) == len(read("glossary"))
    for locale in locales.values():
        terms = GlossaryTerm.objects.filter(locale=locale)
        assert terms.count() == len(read("glossary"))
    english = GlossaryTerm.objects.get(locale=locales["en"], term="work training")
    assert "trains for work" in english.forms
    assert english.definition.startswith("Practising")


def test_a_translation_that_has_other_texts_than_its_source_is_refused(home, locales):
    home.body = [("text", "<p>Ett stycke.</p>")]
    home.save()
    twin = HomePage.objects.get(pk=home.pk)
    twin.body = []
    with pytest.raises(ValueError, match="no translation of"):
        translate(home, twin, locales["en"])


def test_pictures_are_encoded_as_usual_again_after_the_demonstration_s_own():
    Image.init()
    usual = Image.SAVE["AVIF"]
    with encoded_quickly():
        file = io.BytesIO()
        Image.new("RGB", (64, 40), "#0f3d3e").save(file, "AVIF", quality=90)
        assert Image.open(file).size == (64, 40)
        assert Image.SAVE["AVIF"] is not usual
    assert Image.SAVE["AVIF"] is usual


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


def test_every_enterprise_has_a_profile_of_its_own():
    profiles, enterprises = read("enterprise_profiles"), read("enterprises")
    assert len(enterprises) == 48
    assert {item["key"] for item in enterprises} == set(profiles)
    bought = [
        reference[1]["sv"] if isinstance(reference[1], dict) else reference[1]
        for profile in profiles.values()
        for reference in profile.get("references", [])
    ]
    assert len(bought) >= 90
    assert len(set(bought)) == len(bought)
    for profile in profiles.values():
        assert profile["figures"]
        assert set(profile.get("gallery", [])) <= set(pictures_in_words())
        assert set(profile["buy"]) <= set(Procurement.values)
        assert 0 <= profile["confirmed"] <= 400
    ends = [profile["certified"] for profile in profiles.values() if "certified" in profile]
    assert min(ends) < 0 < max(ends)


def test_what_is_translated_is_told_in_both_languages():
    profiles = {item["key"]: item["profile"] for item in read("sales_organisations")}
    profiles |= read("enterprise_profiles")
    items = [*read("enterprises"), *read("sales_organisations")]
    for item in (item for item in items if item.get("translated")):
        profile = profiles[item["key"]]
        texts = [text for pair in profile["references"] for text in pair]
        texts += [figure[1] for figure in profile["figures"]]
        assert all(text.keys() == {"sv", "en"} for text in texts), item["key"]


def test_three_sales_organisations_sell_for_enterprises_of_the_list():
    keys = {item["key"] for item in read("enterprises")}
    sellers = read("sales_organisations")
    assert len(sellers) == 3
    for seller in sellers:
        assert len(seller["members"]) >= 4
        assert set(seller["members"]) <= keys


def test_industries_are_in_two_levels_and_have_other_words_in_both_languages():
    wide = read("industries")
    parts = [part for item in wide for part in item.get("parts", [])]
    assert len(parts) >= 20
    known = {item["key"] for item in (*wide, *parts)}
    assert len(known) == len(wide) + len(parts)
    for item in (*wide, *parts):
        assert item["synonyms"].keys() == item["name"].keys() == {"sv", "en"}
    for profile in read("enterprise_profiles").values():
        assert set(profile.get("parts", [])) <= known


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


def test_an_entry_of_the_demonstration_was_confirmed_on_a_day_of_its_own(locales):
    day = timezone.localdate() - timedelta(days=90)
    entry = make_enterprise(live=False, confirmed_on=day)
    publish(entry)
    entry.refresh_from_db()
    assert (entry.state, entry.confirmed_on) == ("approved", day)
