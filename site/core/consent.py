"""Warnings to staff that consent ends soon: to a picture, or to a page that tells of somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import translation
from wagtail.images.permissions import permission_policy as image_permission_policy
from wagtail.models import ReferenceIndex
from wagtail.permissions import page_permission_policy

from core.mail import compose, full_url
from core.models import BasePage, CustomImage
from core.models.pages import BasePageQuerySet


@dataclass(frozen=True)
class ExpiringImage:
    """A picture that staff are warned of: where it is edited, and what shows it."""

    image: CustomImage
    edit_url: str
    used_by: list[str]


@dataclass(frozen=True)
class ExpiringPage:
    """A page that staff are warned of: its kind is ``page.card_kind``, and where it is edited."""

    page: BasePage
    edit_url: str


def warn_of_expiring_consents() -> int:
    """Mail moderators about consents that end within 30 days or have ended; return how many.

    A picture or a page is told of once for each end of its consent, also when two run at the same
    time. Where there is nobody to tell, or mail cannot be sent, it is told of the next time.
    """
    users = moderators()
    if not users:
        return 0
    with transaction.atomic():
        images = take(CustomImage.objects.to_look_after())
        pages = take(pages_to_look_after())
    due = [*images, *pages]
    if not due:
        return 0
    try:
        get_connection().send_messages([warning(images, pages, user) for user in users])
    except Exception:
        for row in due:
            rows = type(row)._default_manager.filter(pk=row.pk)
            rows.update(consent_warned_for=row.consent_warned_for)
        raise
    return len(due)


def take(rows: QuerySet) -> list[Any]:
    """Return those of ``rows`` that nobody has been told of, marked in the database as told of."""
    due = rows.exclude(consent_warned_for=F("consent_expires_on"))
    found = list(due.select_for_update(of=("self",)))
    told = rows.model._default_manager.filter(pk__in=[row.pk for row in found])
    told.update(consent_warned_for=F("consent_expires_on"))
    return found


def pages_to_look_after() -> BasePageQuerySet:
    """Return the pages whose consent has ended or ends soon, the earliest first.

    They are live or were so until it ended. Translations go with their source.
    """
    same = BasePage.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code=settings.LANGUAGE_CODE
    )
    return (
        BasePage.objects.to_look_after()
        .filter(Q(live=True) | Q(expired=True))
        .exclude(Exists(same.exclude(pk=OuterRef("pk"))))
    )


def moderators() -> list[User]:
    """Return those with an address who may both publish pages and change pictures."""
    may_publish = page_permission_policy.users_with_permission("publish").exclude(email="")
    users = may_publish.select_related("wagtail_userprofile").distinct().order_by("pk")
    # Asked one by one: the policy's question for all asks for permissions on our own model (7.4).
    return [user for user in users if image_permission_policy.user_has_permission(user, "change")]


def warning(images: list[CustomImage], pages: list[BasePage], user: User) -> EmailMessage:
    """Return the mail to ``user`` about these, in the language of their admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    language = profile.get_preferred_language() if profile else "sv"
    with translation.override(language):
        context = {
            "number": len(images) + len(pages),
            "pages": [describe_page(page) for page in pages],
            "images": [describe_image(image) for image in images],
            "report_url": full_url(reverse("consent_report")),
            "pages_report_url": full_url(reverse("page_consent_report")),
        }
    return compose("core/mail/consents_end.txt", context, to=user.email, language=language)


def describe_image(image: CustomImage) -> ExpiringImage:
    """Return what a warning says of the picture, with what uses it by kind and name."""
    users = [user for user, _references in ReferenceIndex.get_grouped_references_to(image)]
    return ExpiringImage(
        image=image,
        edit_url=full_url(reverse("wagtailimages:edit", args=[image.pk])),
        used_by=[f"{user._meta.verbose_name}: {user}" for user in users if user],
    )


def describe_page(page: BasePage) -> ExpiringPage:
    """Return what a warning says of the page."""
    edit_url = full_url(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return ExpiringPage(page=page, edit_url=edit_url)
