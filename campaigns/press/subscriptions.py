"""Taking up, confirming, changing and ending subscriptions to press news by mail.

An address gets nothing but one question until its owner has answered it (double opt-in). Whoever
asks is answered the same whether the address is known or not.
"""

from __future__ import annotations

from functools import partial

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from asflist.places import county
from campaigns.enums import PressKind
from campaigns.models import PressDelivery, PressSubscription
from core.guard import is_over_limit_of_address
from core.mail import compose, full_url
from core.signed_links import BadLinkError, make_token, read_token

CONFIRMING = "press_confirm"
MANAGING = "press_subscription"
#: How long a link to confirm with works.
DAYS_TO_CONFIRM = 7
#: How many questions one address can be made to get, by anybody.
QUESTIONS = "5/d"


class AlreadySubscribedError(Exception):
    """The address has such a subscription already."""


def ask(email: str, *, kind: str, county_code: str, language: str) -> None:
    """Mail ``email`` a link to confirm the subscription with, or to manage the one there is.

    ``kind`` is a ``PressKind`` or empty for all, ``county_code`` a county's or empty for the whole
    country. Nothing happens when the address has been asked too often; the asker is not told.
    """
    from campaigns.press.tasks import mail_about_subscription

    email = email.lower()
    if is_over_limit_of_address(email, "press_subscription", QUESTIONS):
        return
    with transaction.atomic():
        subscription, _created = PressSubscription.objects.get_or_create(
            email=email, kind=kind, county_code=county_code, language=language
        )
        transaction.on_commit(partial(mail_about_subscription.enqueue, subscription.pk))


def confirm(subscription: PressSubscription) -> None:
    """Let news go out to the subscription from now on; nothing when it does so already."""
    PressSubscription.objects.filter(pk=subscription.pk, confirmed_at=None).update(
        confirmed_at=timezone.now()
    )


def change(subscription: PressSubscription, *, kind: str, county_code: str) -> None:
    """Choose other news from now on. Raises ``AlreadySubscribedError`` and changes nothing then."""
    subscription.kind = kind
    subscription.county_code = county_code
    # What was published before the choice was made is not sent because of it.
    subscription.confirmed_at = timezone.now()
    try:
        with transaction.atomic():
            subscription.save(update_fields=["kind", "county_code", "confirmed_at"])
    except IntegrityError as error:
        raise AlreadySubscribedError from error


def end(subscription: PressSubscription) -> None:
    """Delete the subscription; the address's other ones remember what it has been sent."""
    others = PressSubscription.objects.filter(email=subscription.email).exclude(pk=subscription.pk)
    with transaction.atomic():
        pages = list(subscription.deliveries.values_list("page_id", flat=True))
        PressDelivery.objects.bulk_create(
            [
                PressDelivery(subscription=other, page_id=page_id)
                for other in others
                for page_id in pages
            ],
            ignore_conflicts=True,
        )
        subscription.delete()


def end_all(email: str) -> int:
    """Delete everything that is kept of ``email``, and return how many subscriptions it had."""
    _rows, by_model = PressSubscription.objects.filter(email=email.lower()).delete()
    return by_model.get(PressSubscription._meta.label, 0)


def subscription_from(purpose: str, token: str) -> PressSubscription | None:
    """Return the subscription that ``token`` was made for, or None when it has been ended.

    Raises ``BadLinkError`` for a token that was not made for ``purpose``.
    """
    max_age = DAYS_TO_CONFIRM * 24 * 60 * 60 if purpose == CONFIRMING else None
    parts = read_token(purpose, token, max_age=max_age)
    if len(parts) != 1:
        raise BadLinkError
    return PressSubscription.objects.filter(uid=parts[0]).first()


def link(route: str, purpose: str, subscription: PressSubscription) -> str:
    """Return the full address of the subscription's page at ``route``, in its language."""
    with translation.override(subscription.language):
        return full_url(reverse(route, args=[make_token(purpose, subscription.uid)]))


def confirm_link(subscription: PressSubscription) -> str:
    """Return the address at which the subscription is confirmed, within ``DAYS_TO_CONFIRM``."""
    return link("press_subscription_confirm", CONFIRMING, subscription)


def manage_link(subscription: PressSubscription) -> str:
    """Return the address at which the subscription is changed."""
    return link("press_subscription", MANAGING, subscription)


def unsubscribe_link(subscription: PressSubscription) -> str:
    """Return the address at which one click ends the subscription (RFC 8058)."""
    return link("press_unsubscribe", MANAGING, subscription)


def choices_of(subscription: PressSubscription) -> dict[str, object]:
    """Return what is subscribed to, for a template: ``kind`` (None for all) and ``county``."""
    return {
        "kind": PressKind(subscription.kind) if subscription.kind else None,
        "county": county(subscription.county_code),
    }


def question(subscription: PressSubscription) -> EmailMessage:
    """Return the mail that asks for a confirmation, or says that there is nothing to confirm."""
    template = "press_subscribed" if subscription.confirmed_at else "press_confirm"
    return compose(
        f"campaigns/mail/{template}.txt",
        {
            **choices_of(subscription),
            "confirm_url": confirm_link(subscription),
            "manage_url": manage_link(subscription),
            "unsubscribe_url": unsubscribe_link(subscription),
            "days": DAYS_TO_CONFIRM,
        },
        to=subscription.email,
        language=subscription.language,
    )
