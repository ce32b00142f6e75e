"""Each group may do what its name says, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLResolver, get_resolver, reverse
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    SegmentOverride,
    Translation,
    TranslationSource,
)

from campaigns.models import Event, EventApprovalTask
from core.models import Theme
from home.access import ROLES, set_up_groups, set_up_workflows
from home.models import StandardPage
from tests.asflist.factories import make_enterprise
from tests.campaigns.factories import CampaignIndexPageFactory, make_campaign, make_event
from tests.library.factories import document, stream
from tests.search.factories import make_page

# What somebody who has not logged in must reach: the way in, and what it is drawn with.
OPEN = {
    "wagtailadmin_login",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_sprite",
}


@pytest.fixture
def groups(home: Any, english_home: Any) -> None:
    """The groups and the workflows, made as ``setup_access`` makes them."""
    set_up_groups()
    set_up_workflows()


@pytest.fixture
def log_in(client: Any, groups: None) -> Any:
    """Return what logs a new member of a group in: ``log_in("Redaktörer")``."""

    def log_in(group: str) -> Any:
        user = User.objects.create_user(group, f"{len(group)}@example.org", "password")
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return log_in


@pytest.fixture
def page(home: Any) -> StandardPage:
    """A live Swedish page with a link."""
    call = {"title": "Gör", "text": "", "label": "Läs", "page": None, "url": "https://a.example/"}
    body = stream(("text", '<p><a href="https://a.example/">A</a></p>'), ("call_to_action", call))
    return make_page(home, "Sidan", slug="sidan", body=body)


@pytest.fixture
def translation(page: StandardPage, english_home: Any, locales: Any) -> Translation:
    """The page's English translation, a draft."""
    source, _created = TranslationSource.get_or_create_from_instance(page)
    made = Translation.objects.create(source=source, target_locale=locales["en"])
    made.save_target(publish=False)
    return made


def status(client: Any, name: str, *args: Any) -> int:
    """Return the status of the admin page; Wagtail sends who may not see it home (302)."""
    code: int = client.get(reverse(name, args=args)).status_code
    return code


def form_of(page: Page, **changes: Any) -> dict[str, Any]:
    """Return the page's form as the admin's editor sends it, with ``changes``."""
    return {
        "title": page.title,
        "slug": page.slug,
        "introduction": "Hej.",
        "body-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **changes,
    }


def admin_addresses(resolver: URLResolver, prefix: str = "") -> list[tuple[str, str]]:
    """Return name and address of every pattern below ``resolver``, arguments filled in."""
    found = []
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            found += admin_addresses(entry, prefix + fill(entry.pattern))
        else:
            found.append((entry.name or "", prefix + fill(entry.pattern)))
    return found


def fill(pattern: Any) -> str:
    """Return the pattern's text with a value for each argument."""
    text = str(pattern).replace("^", "").replace("$", "")
    for name, converter in getattr(pattern, "converters", {}).items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        value = "00000000-0000-4000-8000-000000000000" if kind == "uuid" else "1"
        for written in (f"<{name}>", f"<{kind}:{name}>", f"<str:{name}>"):
            text = text.replace(written, value)
    return text


def test_a_stranger_is_sent_to_the_log_in_from_every_admin_address(client: Any, home: Any) -> None:
    admin = next(entry for entry in get_resolver().url_patterns if str(entry.pattern) == "admin/")
    addresses = [(name, url) for name, url in admin_addresses(admin) if "(" not in url]
    assert len(addresses) > 200
    opened = {
        (name, url)
        for name, url in addresses
        if name not in OPEN
        and not client.get(f"/admin/{url}").headers.get("Location", "").startswith("/admin/login/")
        and client.get(f"/admin/{url}").status_code not in (403, 404)
    }
    assert opened == set()


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)
def test_every_group_enters_the_admin_and_no_group_its_engine_room(log_in: Any, role: Any) -> None:
    client = log_in(role.name)
    assert status(client, "wagtailadmin_home") == 200
    for name in (
        "wagtailusers_users:index",
        "wagtailusers_groups:index",
        "wagtailsites:index",
        "wagtaillocales:index",
        "wagtailadmin_workflows:index",
        "wagtailredirects:index",
    ):
        assert status(client, name) == 302, name


def test_setting_up_twice_changes_nothing(groups: None) -> None:
    before = [
        (group.name, group.permissions.count(), group.page_permissions.count())
        for group in Group.objects.order_by("name")
    ]
    set_up_groups()
    after = [
        (group.name, group.permissions.count(), group.page_permissions.count())
        for group in Group.objects.order_by("name")
    ]
    assert before == after


def test_an_editor_writes_and_submits_and_does_not_publish(log_in: Any, page: Any) -> None:
    client = log_in("Redaktörer")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(edit, form_of(page, title="Nytt", **{"action-publish": "1"}))
    page.refresh_from_db()
    assert page.title == "Sidan"
    client.post(edit, form_of(page, title="Nytt", **{"action-submit": "1"}))
    page.refresh_from_db()
    assert (page.title, page.get_latest_revision_as_object().title) == ("Sidan", "Nytt")
    assert page.current_workflow_state
    client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    page.refresh_from_db()
    assert page.live


def test_a_moderator_publishes(log_in: Any, page: Any) -> None:
    client = log_in("Moderatorer")
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(edit, form_of(page, title="Nytt", **{"action-publish": "1"}))
    page.refresh_from_db()
    assert page.title == "Nytt"


def test_an_editor_does_not_publish_by_updating_translations(
    log_in: Any, translation: Translation, django_capture_on_commit_callbacks: Any
) -> None:
    update = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    client = log_in("Redaktörer")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(update, {"publish_translations": "on"})
    assert not translation.get_target_instance().live
    assert client.post(update, {}).status_code == 302
    client = log_in("Översättare")
    with django_capture_on_commit_callbacks(execute=True):
        client.post(update, {"publish_translations": "on"})
    assert translation.get_target_instance().live


def test_a_translator_s_link_cannot_run_a_script(log_in: Any, translation: Translation) -> None:
    client = log_in("Översättare")
    segments = OverridableSegment.objects.filter(source=translation.source)
    assert segments.count() == 2

    def override(address: str) -> set[int]:
        data = encode_multipart(BOUNDARY, {"value": address})
        return {
            client.put(
                reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk]),
                data,
                content_type=MULTIPART_CONTENT,
            ).status_code
            for segment in segments
        }

    for address in ("javascript:alert(1)", " JAVA\tscript:alert(1)", "vbscript:x"):
        assert override(address) == {400}
    assert not SegmentOverride.objects.exists()
    assert override("https://b.example/") == {201}


def test_a_translator_touches_the_english_tree_only(
    log_in: Any, page: Any, home: Any, english_home: Any
) -> None:
    client = log_in("Översättare")
    assert status(client, "wagtailadmin_pages:edit", english_home.pk) == 200
    assert status(client, "wagtailadmin_pages:edit", home.pk) == 302
    assert status(client, "wagtailadmin_pages:edit", page.pk) == 302
    assert status(client, "wagtailadmin_pages:unpublish", page.pk) == 302
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", english_home.pk])
    assert client.get(add).status_code == 302


def test_a_translator_changes_no_swedish_snippet(log_in: Any, locales: Any) -> None:
    swedish = Theme.objects.create(
        name="Området", slug="omrade", summary="Om.", locale=locales["sv"]
    )
    english = swedish.copy_for_translation(locales["en"])
    english.save()
    client = log_in("Översättare")
    name = "wagtailsnippets_core_theme:edit"
    assert status(client, name, english.pk) == 200
    form = {"name": "Nytt", "slug": "omrade", "summary": "Om.", "icon": "puzzle", "sort_order": "1"}
    client.post(reverse(name, args=[swedish.pk]), form)
    swedish.refresh_from_db()
    assert swedish.name == "Området"
    client.post(reverse(name, args=[english.pk]), form)
    english.refresh_from_db()
    assert english.name == "Nytt"
    log_in("Moderatorer").post(reverse(name, args=[swedish.pk]), form)
    swedish.refresh_from_db()
    assert swedish.name == "Nytt"


def test_a_list_keeper_keeps_the_list_and_sees_no_pages(log_in: Any, page: Any, home: Any) -> None:
    enterprise = make_enterprise(name="Caféet")
    client = log_in("Listansvariga")
    assert status(client, "wagtailsnippets_asflist_enterprise:list") == 200
    assert status(client, "wagtailsnippets_asflist_enterprise:edit", enterprise.pk) == 200
    assert status(client, "wagtailsnippets_asflist_industry:list") == 200
    for args in ([page.pk], [home.pk]):
        assert status(client, "wagtailadmin_pages:edit", *args) == 302
    assert status(client, "wagtailadmin_explore", home.pk) == 302
    assert status(client, "wagtailsnippets_core_theme:list") == 302
    assert page.title not in client.get(reverse("films:index")).content.decode()
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    for other in ("/admin/films/", "/admin/handbooks/", "/admin/press_releases/"):
        assert other not in html
    client.post(reverse("wagtailsnippets_asflist_enterprise:unpublish", args=[enterprise.pk]))
    enterprise.refresh_from_db()
    assert not enterprise.live


@pytest.mark.parametrize("group", ["Redaktörer", "Översättare"])
def test_others_do_not_touch_the_list(log_in: Any, group: str) -> None:
    enterprise = make_enterprise(name="Caféet")
    client = log_in(group)
    assert status(client, "wagtailsnippets_asflist_enterprise:edit", enterprise.pk) == 302
    client.post(reverse("wagtailsnippets_asflist_enterprise:delete", args=[enterprise.pk]))
    enterprise.refresh_from_db()
    assert enterprise.live


def test_a_translator_chooses_files_and_adds_none(log_in: Any, make_image: Any) -> None:
    image, file = make_image(), document()
    client = log_in("Översättare")
    assert status(client, "wagtailimages_chooser:choose") == 200
    assert status(client, "wagtailimages:add") == 302
    assert status(client, "wagtailimages:edit", image.pk) == 302
    assert status(client, "wagtaildocs:edit", file.pk) == 302


def test_a_translator_writes_the_english_entry_and_leaves_publishing_to_the_list_keeper(
    log_in: Any, locales: Any
) -> None:
    swedish = make_enterprise(name="Caféet")
    english = swedish.copy_for_translation(locales["en"])
    english.save()
    client = log_in("Översättare")
    assert status(client, "wagtailsnippets_asflist_enterprise:edit", english.pk) == 200
    assert status(client, "wagtailsnippets_asflist_enterprise:edit", swedish.pk) == 302
    client.post(reverse("wagtailsnippets_asflist_enterprise:unpublish", args=[swedish.pk]))
    swedish.refresh_from_db()
    assert swedish.live


@pytest.fixture
def event(home: Any) -> Event:
    """A published event of a coming campaign."""
    return make_event(make_campaign(CampaignIndexPageFactory(parent=home)), title="Bygg en holk")


EVENT = "wagtailsnippets_campaigns_event"


def test_an_editor_sees_and_changes_events_and_publishes_none(log_in: Any, event: Event) -> None:
    client = log_in("Redaktörer")
    assert status(client, f"{EVENT}:list") == 200
    assert status(client, f"{EVENT}:edit", event.pk) == 200
    assert status(client, f"{EVENT}:add") == 302
    client.post(reverse(f"{EVENT}:unpublish", args=[event.pk]))
    client.post(reverse(f"{EVENT}:delete", args=[event.pk]))
    event.refresh_from_db()
    assert event.live


def test_a_moderator_does_everything_with_events(log_in: Any, event: Event) -> None:
    client = log_in("Moderatorer")
    for name, *args in (("list",), ("add",), ("edit", event.pk), ("delete", event.pk)):
        assert status(client, f"{EVENT}:{name}", *args) == 200
    client.post(reverse(f"{EVENT}:unpublish", args=[event.pk]))
    event.refresh_from_db()
    assert not event.live


@pytest.mark.parametrize("group", ["Listansvariga", "Översättare"])
def test_others_see_no_events(log_in: Any, group: str, event: Event) -> None:
    client = log_in(group)
    for name, *args in (
        (f"{EVENT}:list",),
        (f"{EVENT}:edit", event.pk),
        ("county_overview:index",),
        ("county_overview:csv",),
    ):
        assert status(client, name, *args) == 302
    assert (
        "/admin/county_overview/" not in client.get(reverse("wagtailadmin_home")).content.decode()
    )


@pytest.mark.parametrize(("group", "approves"), [("Redaktörer", False), ("Moderatorer", True)])
def test_the_organiser_s_contact_is_for_those_who_approve(
    log_in: Any, group: str, approves: bool, event: Event
) -> None:
    client = log_in(group)
    address = event.organiser.email
    html = client.get(reverse(f"{EVENT}:edit", args=[event.pk])).content.decode()
    assert (address in html) is approves
    assert status(client, "county_overview:index") == 200
    table = client.get(reverse("county_overview:csv")).content.decode()
    assert "Bygg en holk" in table
    assert (address in table) is approves
    assert (event.organiser.phone in table) is approves


def test_an_event_is_approved_by_a_moderator_and_sent_back_with_a_reason(
    log_in: Any, event: Event
) -> None:
    workflow = event.get_workflow()
    assert [type(task.specific) for task in workflow.tasks] == [EventApprovalTask]
    event.title = "Bygg två holkar"
    event.save_revision()
    state = workflow.start(event, None)

    def act(client: Any, action: str, **data: str) -> None:
        state.refresh_from_db()
        client.post(
            reverse(
                f"{EVENT}:workflow_action", args=[event.pk, action, state.current_task_state.pk]
            ),
            data,
        )
        state.refresh_from_db()

    act(log_in("Redaktörer"), "approve", comment="")
    assert state.status == state.STATUS_IN_PROGRESS
    client = log_in("Moderatorer")
    act(client, "reject", comment="")
    assert state.status == state.STATUS_IN_PROGRESS
    act(client, "reject", comment="Skriv en tid till.")
    assert state.status == state.STATUS_NEEDS_CHANGES
    state.resume(None)
    act(client, "approve", comment="")
    event.refresh_from_db()
    assert event.title == "Bygg två holkar"
