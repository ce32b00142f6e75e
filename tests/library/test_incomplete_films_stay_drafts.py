"""An incomplete film is published through no door, and is told what it lacks; drafts always save.

``DOORS`` are all the ways by which a page can become public. Each is tried with a film that lacks
captions, and with one that lacks nothing: the second goes out, so the first was held back by the
rule and by nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Page, PageLogEntry, Revision, TaskState, Workflow, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from core.publishing import HELD_BACK, PublishingRefusedError
from home.access import set_up_groups, set_up_workflows
from library.models import Captions, FilmPage
from tests.library.factories import VTT, add, film, video
from tests.library.film_forms import PUBLISH, SUBMIT, edit, form_of, rows_of, saved, without


@dataclass
class Room:
    """What a door is opened with."""

    film: FilmPage
    client: Any
    user: User
    is_whole: bool


def make(home: Any, *, whole: bool, **fields: Any) -> FilmPage:
    """A draft of a film, with captions that a person has confirmed or with none."""
    page = film(home, publish=False, **fields)
    if not whole:
        Captions.objects.filter(film=page).delete()
        page = FilmPage.objects.get(pk=page.pk)
        page.save_revision()
    return FilmPage.objects.get(pk=page.pk)


def schedule(page: FilmPage) -> None:
    """Let the newest draft be due a minute ago, as if approved before the rule could see it."""
    past = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=page.latest_revision_id).update(approved_go_live_at=past)


def publish_what_is_due(at: datetime) -> None:
    """Run what the clock runs, a minute after ``at``."""
    with time_machine.travel(at + timedelta(minutes=1)):
        call_command("publish_scheduled")


def start_review(room: Room) -> TaskState:
    """Submit the film for review."""
    set_up_groups()
    set_up_workflows()
    state = Workflow.objects.get(name="Granskning av sidor").start(room.film, room.user)
    task: TaskState = state.current_task_state
    return task


def by_editor(room: Room) -> None:
    edit(room.client, room.film, **PUBLISH)


def by_editor_for_later(room: Room) -> None:
    later = timezone.localtime(timezone.now() + timedelta(days=1))
    edit(room.client, room.film, go_live_at=f"{later:%Y-%m-%d %H:%M}", **PUBLISH)
    assert bool(room.film.scheduled_revision) is room.is_whole
    publish_what_is_due(later)


def by_new_page(room: Room) -> None:
    url = reverse("wagtailadmin_pages:add", args=["library", "filmpage", room.film.get_parent().pk])
    rows = [{"language": "sv", "text": VTT, "confirmed": "on"}] if room.is_whole else []
    data = form_of(room.film, slug="en-till", captions=rows, **PUBLISH)
    room.client.post(url, data)
    made = FilmPage.objects.filter(slug="en-till").first()
    assert bool(made) is room.is_whole
    if made:
        FilmPage.objects.filter(pk=room.film.pk).update(live=made.live)


def by_review_in_the_editor(room: Room) -> None:
    start_review(room)
    answer = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    edit(room.client, room.film, **answer)
    assert in_progress(room) is not room.is_whole


def by_review_in_the_list(room: Room) -> None:
    task = start_review(room)
    url = reverse("wagtailadmin_pages:workflow_action", args=[room.film.pk, "approve", task.pk])
    response = room.client.post(url, follow=True)
    assert response.status_code == 200
    assert in_progress(room) is not room.is_whole


def by_review_in_a_dialogue(room: Room) -> None:
    task = start_review(room)
    url = reverse("wagtailadmin_pages:workflow_action", args=[room.film.pk, "approve", task.pk])
    response = room.client.post(url, headers={"X-Requested-With": "XMLHttpRequest"})
    assert response.json()["step"] == "success"
    assert in_progress(room) is not room.is_whole


def in_progress(room: Room) -> bool:
    """Whether the film is still in review."""
    state = WorkflowState.objects.for_instance(room.film).get()
    return bool(state.status == state.STATUS_IN_PROGRESS)


def by_many_at_once(room: Room) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    room.client.post(f"{url}?id={room.film.pk}", follow=True)


def by_many_from_above(room: Room) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    data = {"include_descendants": "on"}
    room.client.post(f"{url}?id={room.film.get_parent().pk}", data, follow=True)


def by_revert(room: Room) -> None:
    revision = room.film.latest_revision
    url = reverse("wagtailadmin_pages:revisions_revert", args=[room.film.pk, revision.pk])
    room.client.post(url, form_of(room.film, **PUBLISH))


def by_schedule(room: Room) -> None:
    schedule(room.film)
    call_command("publish_scheduled")


def by_revision(room: Room) -> None:
    attempt(room.film.latest_revision.publish)


def by_page(room: Room) -> None:
    attempt(lambda: room.film.publish(room.film.latest_revision))


def by_scheduling_a_revision(room: Room) -> None:
    page = room.film
    page.go_live_at = timezone.now() + timedelta(days=1)
    revision = page.save_revision()
    attempt(revision.publish)
    assert bool(page.revisions.filter(approved_go_live_at__isnull=False)) is room.is_whole
    publish_what_is_due(page.go_live_at)


def by_saving_it_live(room: Room) -> None:
    room.film.live = True
    attempt(room.film.save)


def by_saving_it_unchecked(room: Room) -> None:
    room.film.live = True
    attempt(lambda: room.film.save(clean=False))


def by_saving_one_field(room: Room) -> None:
    room.film.live = True
    attempt(lambda: room.film.save(update_fields=["live"]))


def by_import(room: Room) -> None:
    parent = room.film.get_parent()
    page = FilmPage.from_serializable_data(room.film.serializable_data())
    page.pk = page.id = page.path = page.depth = page.page_ptr_id = page.basepage_ptr_id = None
    page._state.adding = True
    page.slug, page.live = "importerad", True
    page.translation_key = FilmPage().translation_key
    page.captions = [
        Captions(language=row.language, text=row.text, confirmed=row.confirmed)
        for row in room.film.captions.all()
    ]
    attempt(lambda: parent.add_child(instance=page))
    made = FilmPage.objects.filter(slug="importerad", live=True).exists()
    FilmPage.objects.filter(pk=room.film.pk).update(live=made)


def by_copy(room: Room) -> None:
    """A film that has come to lack something after it was published, copied with “publish”."""
    FilmPage.objects.filter(pk=room.film.pk).update(live=True)
    url = reverse("wagtailadmin_pages:copy", args=[room.film.pk])
    data = {
        "new_title": "Kopian",
        "new_slug": "kopian",
        "new_parent_page": room.film.get_parent().pk,
        "publish_copies": "on",
    }
    room.client.post(url, data, follow=True)
    made = FilmPage.objects.filter(slug="kopian", live=True).exists()
    FilmPage.objects.filter(pk=room.film.pk).update(live=made)


def by_alias(room: Room) -> None:
    alias = room.film.create_alias(update_slug="aliaset")
    attempt(room.film.latest_revision.publish)
    live = FilmPage.objects.get(pk=alias.pk).live
    assert live is FilmPage.objects.get(pk=room.film.pk).live


def by_alias_of_what_is_scheduled(room: Room) -> None:
    alias = room.film.create_alias(update_slug="aliaset")
    by_scheduling_a_revision(room)
    assert FilmPage.objects.get(pk=alias.pk).live is room.is_whole


def attempt(publish: Callable[[], Any]) -> None:
    """Do what may be refused."""
    with suppress(PublishingRefusedError):
        publish()


DOORS: list[Callable[[Room], None]] = [
    by_editor,
    by_editor_for_later,
    by_new_page,
    by_review_in_the_editor,
    by_review_in_the_list,
    by_review_in_a_dialogue,
    by_many_at_once,
    by_many_from_above,
    by_revert,
    by_schedule,
    by_revision,
    by_page,
    by_scheduling_a_revision,
    by_saving_it_live,
    by_saving_it_unchecked,
    by_saving_one_field,
    by_import,
    by_copy,
    by_alias,
    by_alias_of_what_is_scheduled,
]


@pytest.mark.parametrize("whole", [True, False], ids=["whole", "incomplete"])
@pytest.mark.parametrize("door", DOORS)
def test_a_film_goes_out_through_a_door_only_when_it_is_whole(
    home: Any, admin_client_sv: Any, superuser: User, door: Callable[[Room], None], whole: bool
) -> None:
    page = make(home, whole=whole)
    door(Room(page, admin_client_sv, superuser, whole))
    assert FilmPage.objects.get(pk=page.pk).live is whole


LACKING = {
    "the film": ({"video": None}, "video"),
    "captions": ({"captions": []}, "captions"),
    "a word on audio description": ({"audio_description": ""}, "audio_description"),
    "the described version": ({"audio_description": "version"}, "described_video"),
    "the track of descriptions": ({"audio_description": "track"}, "descriptions"),
    "the reason": ({"description_reason": ""}, "description_reason"),
    "the reason of a gap": (
        {"audio_description": "missing", "description_reason": "", "description_due_on": date.max},
        "description_reason",
    ),
    "the day of a gap": (
        {"audio_description": "missing", "description_due_on": None},
        "description_due_on",
    ),
}


@pytest.mark.parametrize("case", LACKING)
def test_the_editor_says_beside_the_field_and_at_the_top_what_is_missing(
    home: Any, admin_client_sv: Any, case: str
) -> None:
    changes, field = LACKING[case]
    page = make(home, whole=True)
    changes = {name: "" if value is None else value for name, value in changes.items()}
    if "captions" in changes:
        changes["captions"] = without(page)
    response = edit(admin_client_sv, page, title="Inget är borta", **changes, **PUBLISH)
    assert response.status_code == 200
    form = response.context["form"]
    beside = (
        form.formsets[field].non_form_errors() if field in form.formsets else form.errors[field]
    )
    assert beside
    html = response.content.decode()
    assert "Inget är borta" in html
    assert html.count(beside[0]) >= 2
    assert not FilmPage.objects.get(pk=page.pk).live
    # The same may always be saved as a draft.
    draft = edit(admin_client_sv, page, title="Inget är borta", **changes)
    assert draft.status_code == 302
    assert saved(page).title == "Inget är borta"
    assert FilmPage.objects.incomplete().filter(pk=page.pk).exists()


def test_what_a_form_and_what_the_database_say_is_lacking_agree(home: Any) -> None:
    pages = {"whole": make(home, whole=True)}
    for number, (name, (changes, _field)) in enumerate(LACKING.items()):
        changes = {key: value for key, value in changes.items() if key != "captions"}
        pages[name] = add(
            pages["whole"].get_parent().specific, FilmPage, slug=f"film-{number}", publish=False
        )
        FilmPage.objects.filter(pk=pages[name].pk).update(**changes)
        if name == "captions":
            Captions.objects.filter(film=pages[name]).delete()
    for page in FilmPage.objects.all():
        assert bool(page.lacking()) is FilmPage.objects.incomplete().filter(pk=page.pk).exists()
    assert not pages["whole"].lacking()
    assert FilmPage.objects.incomplete().count() == len(LACKING)


WAYS = {
    "an outside film": lambda: {"video": None, "external_url": "https://film.example/1"},
    "a described version": lambda: {
        "audio_description": "version",
        "described_video": video("syntolkad.mp4"),
    },
    "a declared gap": lambda: {
        "audio_description": "missing",
        "description_reason": "Pengarna räckte inte.",
        "description_due_on": date(2027, 6, 1),
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_there_are_several_ways_to_be_whole(home: Any, way: str) -> None:
    page = make(home, whole=True, **WAYS[way]())
    page.latest_revision.publish()
    assert FilmPage.objects.get(pk=page.pk).live
    assert not FilmPage.objects.incomplete().exists()


def test_a_command_is_told_which_film_it_is_and_what_it_lacks(home: Any) -> None:
    page = make(home, whole=False)
    with translation.override("en"):
        with pytest.raises(PublishingRefusedError) as error:
            page.latest_revision.publish()
        text = str(error.value)
    assert text.startswith("“Filmen” cannot be published. Captions in the language of the page")


def test_captions_that_nobody_has_checked_are_not_enough(home: Any, admin_client_sv: Any) -> None:
    page = make(home, whole=True)
    (row,) = rows_of(page)
    del row["confirmed"]
    assert edit(admin_client_sv, page, captions=[row], **PUBLISH).status_code == 200
    assert edit(admin_client_sv, page, captions=[row]).status_code == 302
    with pytest.raises(PublishingRefusedError):
        saved(page).latest_revision.publish()


def test_captions_in_another_language_only_are_not_enough(home: Any) -> None:
    page = make(home, whole=True)
    Captions.objects.update(language="en")
    assert set(FilmPage.objects.get(pk=page.pk).lacking()) == {"captions"}


def test_a_draft_of_a_live_film_may_lack_everything(home: Any, admin_client_sv: Any) -> None:
    page = film(home)
    changes = {"video": "", "transcript": "", "audio_description": ""}
    changes["captions"] = without(page)
    assert edit(admin_client_sv, page, **changes).status_code == 302
    assert set(saved(page).lacking()) == {"video", "captions", "transcript", "audio_description"}
    live = FilmPage.objects.get(pk=page.pk)
    assert live.live
    assert live.lacking() == {}
    assert live.transcript


def test_a_live_film_is_not_saved_as_live_when_it_has_lost_something(home: Any) -> None:
    page = film(home)
    page.audio_description = ""
    with pytest.raises(PublishingRefusedError):
        page.save()
    page.unpublish()
    assert not FilmPage.objects.get(pk=page.pk).live


def test_one_film_that_is_not_ready_stops_no_other_and_moderators_are_told_once(
    home: Any, mailoutbox: Any
) -> None:
    set_up_groups()
    moderator = User.objects.create_user("m", "moderator@example.com", "password")
    moderator.groups.add(Group.objects.get(name="Moderatorer"))
    bad = make(home, whole=False)
    good = add(bad.get_parent().specific, FilmPage, title="Den hela", slug="hel", publish=False)
    for page in (bad, good):
        schedule(FilmPage.objects.get(pk=page.pk))
    call_command("publish_scheduled")
    call_command("publish_scheduled")
    assert FilmPage.objects.get(pk=good.pk).live
    assert not FilmPage.objects.get(pk=bad.pk).live
    (mail,) = [message for message in mailoutbox if message.to == [moderator.email]]
    assert "Filmen" in mail.subject
    assert reverse("wagtailadmin_pages:edit", args=[bad.pk]) in mail.body
    (entry,) = PageLogEntry.objects.filter(page=bad.pk, action=HELD_BACK)
    assert entry.message


def test_a_mail_server_that_is_down_stops_nothing(home: Any, settings: Any) -> None:
    User.objects.create_superuser("m", "moderator@example.com", "password")
    settings.EMAIL_BACKEND = "no.such.backend"
    bad = make(home, whole=False)
    good = add(bad.get_parent().specific, FilmPage, slug="hel", publish=False)
    for page in (bad, good):
        schedule(FilmPage.objects.get(pk=page.pk))
    call_command("publish_scheduled")
    assert FilmPage.objects.get(pk=good.pk).live


def test_who_submits_an_incomplete_film_for_review_is_told_what_review_will_ask(
    home: Any, admin_client_sv: Any
) -> None:
    set_up_groups()
    set_up_workflows()
    page = make(home, whole=False)
    response = edit(admin_client_sv, page, **SUBMIT)
    assert response.status_code == 302
    assert FilmPage.objects.get(pk=page.pk).workflow_in_progress
    texts = [str(message) for message in admin_client_sv.get("/admin/").context["messages"]]
    assert any("“Filmen”" in text or "”Filmen”" in text for text in texts)


@pytest.mark.parametrize("was_live", [False, True])
@pytest.mark.django_db(transaction=True)
def test_a_translation_is_held_back_in_the_translators_editor(
    home: Any, locales: Any, admin_client_sv: Any, was_live: bool
) -> None:
    english_home = home.copy_for_translation(locales["en"])
    english_home.save_revision().publish()
    page = film(home, captions=[("sv", VTT), ("en", VTT)])
    page.get_parent().copy_for_translation(locales["en"]).save_revision().publish()
    source, _created = TranslationSource.update_or_create_from_instance(page)
    translated = Translation.objects.create(source=source, target_locale=locales["en"])
    translated.save_target(publish=was_live)
    english = FilmPage.objects.get(locale=locales["en"])
    assert english.live is was_live
    page.captions.get(language="en").delete()
    source.update_from_db()
    url = reverse("wagtailadmin_pages:edit", args=[english.pk])
    response = admin_client_sv.post(url, {"action": "publish"}, follow=True)
    assert response.status_code == 200
    (message,) = response.context["messages"]
    assert message.level_tag == "error"
    english = FilmPage.objects.get(pk=english.pk)
    assert english.live is was_live
    assert english.captions.filter(language="en").exists()  # Nothing has been saved.
    # From the source's side, for all languages at once.
    url = reverse("wagtail_localize:update_translations", args=[source.pk])
    response = admin_client_sv.post(url, {"publish_translations": "on"}, follow=True)
    assert response.status_code == 200
    assert FilmPage.objects.get(pk=english.pk).live is was_live
    # Whole again, it goes out.
    page = FilmPage.objects.get(pk=page.pk)
    page.captions.add(Captions(language="en", text=VTT, confirmed=True))
    page.save()
    source.update_from_db()
    url = reverse("wagtailadmin_pages:edit", args=[english.pk])
    admin_client_sv.post(url, {"action": "publish"}, follow=True)
    assert FilmPage.objects.get(pk=english.pk).live
    assert Page.objects.get(pk=english.pk).live
