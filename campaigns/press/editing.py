"""Where press pages meet Wagtail's editor: buttons, embargo told, no change without its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail_localize.models import Translation

from campaigns.models import PressPage
from campaigns.press.changes import UNTOLD
from campaigns.press.embargo import WAITING, in_words, moment_for, source_moment
from campaigns.press.page_views import ChangeView, EmbargoLinksView, revoke_embargo_link


@hooks.register("register_admin_urls")
def press_page_addresses() -> list[URLPattern]:
    """The views about one press page."""
    return [
        path(
            "press/embargo-links/<int:page_id>/",
            EmbargoLinksView.as_view(),
            name="press_embargo_links",
        ),
        path(
            "press/embargo-links/revoke/<int:pk>/",
            revoke_embargo_link,
            name="press_embargo_link_revoke",
        ),
        path("press/change/<int:page_id>/", ChangeView.as_view(), name="press_change"),
    ]


@hooks.register("register_log_actions")
def changes_without_a_kind(actions: LogActionRegistry) -> None:
    """Name in the page's history the change that nobody has described."""
    actions.register_action(
        UNTOLD,
        gettext_lazy("Publish without saying what changed"),
        gettext_lazy("Published without a kind of change: counted as minor, not told to readers"),
    )


@hooks.register("register_page_header_buttons")
def press_page_buttons(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a press page to its preview links."""
    if not issubclass(page.specific_class or Page, PressPage):
        return
    permissions = page.permissions_for_user(user)
    if permissions.can_publish():
        yield Button(
            _("Embargo links"),
            reverse("press_embargo_links", args=[page.pk]),
            icon_name="key",
            priority=66,
        )
    if page.first_published_at and permissions.can_edit() and is_translated_by_segments(page):
        yield Button(
            _("What has changed"),
            reverse("press_change", args=[page.pk]),
            icon_name="edit",
            priority=67,
        )


def is_translated_by_segments(page: Page) -> bool:
    """Whether wagtail-localize's editor, which shows no field of ours, stands for the page's."""
    return bool(
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
        ).exists()
    )


@hooks.register("before_edit_page", order=-1)
def ask_translators_for_the_change(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before wagtail-localize publishes: ask for the kind of change, and tell of an embargo."""
    publishes = request.method == "POST" and request.POST.get("action") == "publish"
    if not publishes or not isinstance(page, PressPage) or not is_translated_by_segments(page):
        return None
    # wagtail-localize publishes the row, where ``ChangeView`` puts the kind; ``page`` is a draft.
    if PressPage.objects.filter(
        pk=page.pk, first_published_at__isnull=False, change_kind=""
    ).exists():
        messages.error(
            request,
            _("“%(title)s” has been public. Say what kind of change you make, and publish then.")
            % {"title": page.get_admin_display_title()},
        )
        return redirect("press_change", page.pk)
    tell_of_embargo(request, page)
    return None


def tell_of_embargo(request: HttpRequest, page: PressPage) -> bool:
    """Tell the editor if ``page`` waits for its source; return whether it does."""
    moment = source_moment(page)
    if moment is None or moment <= timezone.now():
        return False
    words = {"title": page.get_admin_display_title()}
    if moment == WAITING:
        text = _(
            "“%(title)s” is not public yet. It waits for the page it is translated from, "
            "and goes out with it."
        )
    else:
        text = _(
            "“%(title)s” is not public yet. The page it is translated from is under embargo until "
            "%(moment)s, and the two go out at the same time."
        )
        words["moment"] = in_words(moment)
    messages.warning(request, text % words)
    return True


@hooks.register("before_publish_page")
def let_a_translation_wait(request: HttpRequest, page: Page) -> None:
    """Give the version that the editor publishes its source's moment.

    Wagtail's edit view publishes this very object, and calls no method of the page.
    """
    if isinstance(page, PressPage) and (moment := moment_for(page, page.go_live_at)):
        page.latest_revision.content["go_live_at"] = moment.isoformat()


@hooks.register("after_publish_page")
def say_that_a_translation_waits(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say so in the place of Wagtail's word that the page is published."""
    page = page.specific
    scheduled = page.scheduled_revision
    if not isinstance(page, PressPage) or not scheduled:
        return None
    follows = scheduled.approved_go_live_at == source_moment(page)
    if follows and tell_of_embargo(request, page):
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_bulk_action")
def refuse_to_publish_untold_changes(
    request: HttpRequest, action: str, objects: Iterable[Any], view: Any
) -> HttpResponse | None:
    """Lead pages with a change that has no kind to their editor: a list has no field for it."""
    if action != "publish":
        return None
    pages = [page.specific for page in objects if isinstance(page, Page)]
    untold = [
        page
        for page in pages
        if isinstance(page, PressPage)
        and page.first_published_at
        and not page.get_latest_revision_as_object().change_kind
    ]
    if not untold:
        return None
    messages.error(
        request,
        _("Say what has changed, in the editor of each: %(titles)s")
        % {"titles": ", ".join(page.get_admin_display_title() for page in untold)},
    )
    return redirect("wagtailadmin_explore", untold[0].get_parent().pk)
