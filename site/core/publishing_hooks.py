"""Where pages that must be complete meet Wagtail's editor and wagtail-localize's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail_localize.models import Translation

from core.publishing import HELD_BACK, PublishingGate, in_words, reasons


@hooks.register("register_log_actions")
def pages_that_were_held_back(actions: LogActionRegistry) -> None:
    """Name in the page's history that its moment came and it was not ready."""
    actions.register_action(
        HELD_BACK,
        gettext_lazy("Hold back"),
        lambda data: _("Not published at its moment. %(reasons)s") % data,
    )


@hooks.register("before_edit_page", order=-1)
def refuse_translations_that_lack(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Say what a translation lacks before wagtail-localize, which would not say it, publishes."""
    if not isinstance(page, PublishingGate) or request.POST.get("action") != "publish":
        return None
    translation = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()
    if translation is None:
        return None
    source = translation.source
    lacking = source.get_ephemeral_translated_instance(page.locale, fallback=True).lacking()
    if not lacking:
        return None
    messages.error(request, in_words(page, lacking))
    return redirect("wagtailadmin_pages:edit", page.pk)


def tell_what_review_will_ask(request: HttpRequest, page: Page) -> None:
    """Tell who has submitted a page for review what it lacks: it cannot be approved as it is.

    It is not refused: whoever reviews it may be the one who checks its captions.
    """
    if not isinstance(page, PublishingGate) or "action-submit" not in request.POST:
        return
    if lacking := page.lacking():
        messages.warning(
            request,
            _("“%(title)s” cannot be approved before this is mended: %(reasons)s")
            % {"title": page.get_admin_display_title(), "reasons": reasons(lacking)},
        )


hooks.register("after_create_page", tell_what_review_will_ask)
hooks.register("after_edit_page", tell_what_review_will_ask)
