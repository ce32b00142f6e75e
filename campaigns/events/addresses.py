"""Where events stand, and the links that organisers and visitors get by mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language

from core.mail import full_url
from core.signed_links import make_token

if TYPE_CHECKING:
    from campaigns.models import Booking, Event, EventDraft, EventOrganiser

ORGANISER = "event-organiser"
CONFIRM = "event-confirm"
DRAFT = "event-draft"
BOOKING = "booking"


def campaign_urls(event: Event, request: HttpRequest | None = None) -> dict[str, str]:
    """Return the path of the event's campaign by language, public pages only; a query a campaign.

    Kept on the request: a cache that lived longer would outlive a moved page.
    """
    known: dict[int, dict[str, str]] = getattr(request, "_campaign_urls", {})
    if event.campaign_id not in known:
        from campaigns.models import CampaignPage

        same = CampaignPage.objects.filter(pk=event.campaign_id).values("translation_key")
        pages = CampaignPage.objects.live().public().filter(translation_key__in=same)
        found = {
            page.locale.language_code: page.get_url(request)
            for page in pages.select_related("locale")
        }
        known[event.campaign_id] = {language: url for language, url in found.items() if url}
        if request is not None:
            request._campaign_urls = known  # type: ignore[attr-defined]
    return known[event.campaign_id]


def event_url(event: Event, request: HttpRequest | None = None, language: str | None = None) -> str:
    """Return the path of the event's page, ``""`` while its campaign is not public.

    Where the campaign is not translated, it stands under the Swedish one.
    """
    urls = campaign_urls(event, request)
    url = urls.get(language or get_language() or "") or urls.get(settings.LANGUAGE_CODE) or ""
    return f"{url}{event.slug}/" if url else ""


def private_url(route: str, token: str, language: str) -> str:
    """Return the full address of a private page in ``language``."""
    with translation.override(language):
        return full_url(reverse(route, args=[token]))


def organiser_url(organiser: EventOrganiser) -> str:
    """Return the organiser's signed link, with scheme and host: good until it is replaced."""
    return private_url("event_organiser", organiser_token(organiser), organiser.language)


def organiser_path(organiser: EventOrganiser) -> str:
    """Return the path of the organiser's own page, in the active language."""
    return reverse("event_organiser", args=[organiser_token(organiser)])


def organiser_token(organiser: EventOrganiser) -> str:
    """Return what stands for the organiser in a signed link."""
    return make_token(ORGANISER, organiser.event.uid, organiser.link_version)


def confirm_url(organiser: EventOrganiser) -> str:
    """Return the link by which an organiser confirms the address, with scheme and host."""
    token = make_token(CONFIRM, organiser.event.uid, organiser.link_version)
    return private_url("event_confirm", token, organiser.language)


def step_url(draft: EventDraft, step: str) -> str:
    """Return the path of one step of the form; a change's link dies with its organiser's."""
    version = draft.event.organiser.link_version if draft.event else 0
    return reverse("event_step", args=[make_token(DRAFT, draft.uid, version), step])


def booking_url(booking: Booking) -> str:
    """Return the visitor's signed link to one booking, with scheme and host."""
    return private_url("booking", make_token(BOOKING, booking.uid), booking.language)
