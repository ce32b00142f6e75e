"""A press page that has been public is published again only with the kind of change said."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import Translation, TranslationSource

from campaigns.enums import ChangeKind
from campaigns.models import PressChange, PressPage, PressReleasePage
from tests.campaigns.factories import PressReleasePageFactory
from tests.campaigns.test_press_pages import structured_data

FIRST = datetime(2027, 5, 7, 8, tzinfo=UTC)
SECOND = datetime(2027, 5, 8, 8, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock():
    """The clock, which stands at ``FIRST`` until a test moves it."""
    with time_machine.travel(FIRST) as clock:
        yield clock


def never_published(room, **fields):
    """A release that has not been public, as the editor saves it."""
    page = PressReleasePageFactory.build(live=False, date=FIRST.date(), **fields)
    page.first_published_at = page.last_published_at = None
    room.add_child(instance=page)
    page.save_revision()
    return page


@pytest.fixture
def release(press_room, clock):
    """A release that was published at ``FIRST``."""
    page = never_published(press_room, title="24 ASF", slug="24-asf")
    clock.move_to(FIRST, tick=False)
    page.get_latest_revision().publish()
    clock.move_to(FIRST)
    page.refresh_from_db()
    return page


def form_of(page, **fields):
    """What the edit form of a release posts."""
    empty = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    formsets = ("contact_links", "pictures", "related_material", "comments")
    return nested_form_data(
        {
            "title": page.title,
            "slug": page.slug,
            "date": "2027-05-07",
            "place": page.place,
            "introduction": page.introduction,
            "body": streamfield([("text", rich_text("<p>Kom och se.</p>"))]),
            "tags": "",
            "county_code": "",
            "comment_notifications": "",
            **dict.fromkeys(formsets, empty),
            **fields,
        }
    )


def newest(page):
    """The content of the page's newest revision."""
    return PressReleasePage.objects.get(pk=page.pk).get_latest_revision().content


def edit(client, page, **fields):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form_of(page, **fields))


PUBLISH = {"action-publish": "action-publish"}


def test_the_editor_cannot_publish_a_change_without_its_kind(admin_client_sv, release):
    response = edit(admin_client_sv, release, title="25 ASF", **PUBLISH)
    assert response.status_code == 200
    assert "change_kind" in response.context["form"].errors
    assert PressPage.objects.get(pk=release.pk).title == "24 ASF"
    response = edit(admin_client_sv, release, change_kind="update", **PUBLISH)
    assert "change_note" in response.context["form"].errors
    assert not PressChange.objects.exists()


def test_the_error_stands_beside_the_field(admin_client_sv, release):
    html = edit(admin_client_sv, release, **PUBLISH).content.decode()
    field = re.search(r'<select name="change_kind"[^>]*>', html)[0]
    (described_by,) = re.findall(r'aria-describedby="([^"]*)"', field)
    error = next(name for name in described_by.split() if "error" in name)
    assert f'id="{error}"' in html


def test_a_draft_is_saved_without_a_kind(admin_client_sv, release):
    response = edit(admin_client_sv, release, title="25 ASF")
    assert response.status_code == 302
    assert newest(release)["title"] == "25 ASF"


def test_a_page_that_has_never_been_public_is_asked_for_nothing(admin_client_sv, press_room):
    draft = never_published(press_room, title="Nytt", slug="nytt")
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert 'name="change_kind"' not in admin_client_sv.get(url).content.decode()
    assert edit(admin_client_sv, draft, **PUBLISH).status_code == 302
    draft.refresh_from_db()
    assert draft.live
    assert 'name="change_kind"' in admin_client_sv.get(url).content.decode()


def test_an_update_is_told_in_the_history_and_a_minor_change_is_not(
    admin_client_sv, superuser, client, release, clock
):
    clock.move_to(SECOND, tick=False)
    fields = {"change_kind": "update", "change_note": "Två orter har kommit till."}
    edit(admin_client_sv, release, **fields, **PUBLISH)
    (change,) = PressChange.objects.all()
    assert (change.kind, change.number, change.made_at) == (ChangeKind.UPDATE, None, SECOND)
    client.logout()
    html = client.get(release.url).content.decode()
    assert html.index("Två orter har kommit till.") > html.index("Kom och se.")
    assert "8 maj 2027 10:00" in html
    clock.move_to(SECOND + timedelta(days=1), tick=False)
    client.force_login(superuser)
    edit(client, release, title="Tjugofyra ASF", change_kind="minor", **PUBLISH)
    page = PressPage.objects.get(pk=release.pk)
    assert page.title == "Tjugofyra ASF"
    assert page.changed_at == SECOND
    assert page.last_published_at == SECOND + timedelta(days=1)
    assert PressChange.objects.count() == 1


def test_machines_are_told_of_the_same_changes_as_readers(client, release, clock):
    clock.move_to(FIRST + timedelta(hours=1), tick=False)
    publish(release, kind="minor")
    assert structured_data(client.get(release.url))["dateModified"] == FIRST.isoformat()
    clock.move_to(SECOND, tick=False)
    publish(release, kind="update", note="En ort till.")
    assert structured_data(client.get(release.url))["dateModified"] == SECOND.isoformat()
    (listed,) = PressPage.objects.listed()
    assert listed.modified_at == SECOND


def publish(page, *, kind="", note="", **fields):
    """Publish a new version by code."""
    page = PressReleasePage.objects.get(pk=page.pk)
    page.change_kind, page.change_note = kind, note
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def test_the_next_edit_starts_empty(admin_client_sv, release):
    publish(release, kind="update", note="En ort till.")
    page = PressReleasePage.objects.get(pk=release.pk)
    assert (page.change_kind, page.change_note) == ("", "")
    assert newest(page)["change_note"] == ""
    html = admin_client_sv.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "En ort till." not in html


def test_a_draft_that_repeats_a_published_note_forgets_it_and_one_of_its_own_is_kept(release):
    page = PressReleasePage.objects.get(pk=release.pk)
    page.change_kind, page.change_note = "update", "En ort till."
    first = page.save_revision()
    page.title = "Ett utkast"
    page.save_revision()
    first.publish()
    assert newest(page)["change_note"] == ""
    page.change_kind, page.change_note = "update", "Ännu en ort."
    second = page.save_revision()
    page.change_note = "Tre orter till."
    page.save_revision()
    second.publish()
    assert newest(page)["change_note"] == "Tre orter till."


def test_a_change_that_is_scheduled_is_told_when_it_goes_out(
    admin_client_sv, client, release, clock
):
    fields = {"change_kind": "update", "change_note": "En ort till."}
    moment = {"go_live_at": "2027-05-08 10:00"}
    edit(admin_client_sv, release, title="25 ASF", **moment, **fields, **PUBLISH)
    call_command("publish_scheduled")
    assert not PressChange.objects.exists()
    clock.move_to(SECOND + timedelta(seconds=30))
    call_command("publish_scheduled")
    (change,) = PressChange.objects.all()
    assert change.note == "En ort till."
    assert "25 ASF" in client.get(release.url).content.decode()


def test_what_is_submitted_and_approved_is_told(admin_client_sv, home, release, superuser):
    from home.access import set_up_groups, set_up_workflows

    set_up_groups()
    set_up_workflows()
    submit = {"action-submit": "action-submit"}
    assert "change_kind" in edit(admin_client_sv, release, **submit).context["form"].errors
    edit(admin_client_sv, release, change_kind="update", change_note="En ort till.", **submit)
    page = PressReleasePage.objects.get(pk=release.pk)
    assert not PressChange.objects.exists()
    page.current_workflow_state.current_task_state.approve(user=superuser)
    assert [change.note for change in PressChange.objects.all()] == ["En ort till."]


def test_a_way_without_a_form_counts_as_minor_and_staff_see_it(release):
    publish(release, title="25 ASF")
    page = PressPage.objects.get(pk=release.pk)
    assert page.title == "25 ASF"
    assert page.changed_at is None
    actions = PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)
    assert "campaigns.untold_change" in actions


def test_the_list_s_publish_refuses_a_change_without_its_kind(admin_client_sv, release):
    page = PressReleasePage.objects.get(pk=release.pk)
    page.title = "25 ASF"
    page.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    admin_client_sv.post(f"{url}?id={page.pk}", {"include_descendants": ""})
    assert PressPage.objects.get(pk=page.pk).title == "24 ASF"
    page.change_kind = "minor"
    page.save_revision()
    admin_client_sv.post(f"{url}?id={page.pk}", {"include_descendants": ""})
    assert PressPage.objects.get(pk=page.pk).title == "25 ASF"


def test_saving_the_row_is_no_publication(release):
    page = PressReleasePage.objects.get(pk=release.pk)
    page.change_kind, page.change_note = "update", "En ort till."
    page.save()
    assert not PressChange.objects.exists()
    page.refresh_from_db()
    assert page.change_note == "En ort till."


def test_a_page_that_is_unpublished_and_comes_back_tells_why(release):
    release.unpublish()
    publish(release, kind="correction", note="Fel datum.", title="26 ASF")
    (change,) = PressChange.objects.all()
    assert change.earlier["title"] == "24 ASF"


def test_a_copy_has_no_history(release, press_room):
    publish(release, kind="update", note="En ort till.")
    copy = PressReleasePage.objects.get(pk=release.pk).copy(
        update_attrs={"slug": "kopia", "title": "Kopia"}
    )
    assert not copy.changes.exists()
    assert copy.change_note == ""


def test_the_history_is_not_asked_for_row_by_row(release, press_room, django_assert_num_queries):
    for number in range(3):
        other = PressReleasePageFactory(parent=press_room)
        PressChange.objects.create(
            page=other, kind="update", note=f"Nytt {number}", made_at=timezone.now()
        )
    with django_assert_num_queries(1):
        assert len([page.modified_at for page in PressPage.objects.listed()]) == 4


def test_a_translator_says_what_has_changed_before_the_translation_is_published_again(
    admin_client_sv,
    client,
    release,
    english_press_room,
    locales,
    django_capture_on_commit_callbacks,
):
    english = PressReleasePage.objects.get().copy_for_translation(locales["en"])
    english.title, english.slug = "24 ASFs", "24-asfs"
    english.save()
    english.save_revision().publish()
    source, _made = TranslationSource.update_or_create_from_instance(
        PressReleasePage.objects.get(pk=release.pk)
    )
    Translation.objects.create(source=source, target_locale=locales["en"])
    edit_url = reverse("wagtailadmin_pages:edit", args=[english.pk])

    def publish_translation():
        with django_capture_on_commit_callbacks(execute=True):
            return admin_client_sv.post(edit_url, {"action": "publish"})

    before = PressPage.objects.get(pk=english.pk).live_revision_id
    change_url = reverse("press_change", args=[english.pk])
    assert publish_translation().url == change_url
    assert PressPage.objects.get(pk=english.pk).live_revision_id == before
    form = admin_client_sv.post(change_url, {"change_kind": "correction"}).context["form"]
    assert "change_note" in form.errors
    fields = {"change_kind": "correction", "change_note": "We had the number wrong."}
    admin_client_sv.post(change_url, fields)
    publish_translation()
    (change,) = PressChange.objects.all()
    assert (change.page_id, change.number, change.note) == (english.pk, 1, fields["change_note"])
    assert change.earlier["title"] == "24 ASFs"
    # The next time the translator is asked again.
    assert publish_translation().url == change_url
