"""Warnings to staff that those in a picture have said yes to it only until a day that is near."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import translation
from wagtail.images.permissions import permission_policy as image_permission_policy
from wagtail.models import ReferenceIndex
from wagtail.permissions import page_permission_policy

from core.mail import compose, full_url
from core.models import CustomImage


@dataclass(frozen=True)
class Expiring:
    """A picture that staff are warned of: where it is edited, and what shows it."""

    image: CustomImage
    edit_url: str
    used_by: list[str]


def warn_of_expiring_consents() -> int:
    """Mail moderators about consents that end within 30 days or have ended; return how many.

    A picture is told of once for each end of its consent, also when two run at the same time.
    Where there is nobody to tell, or mail cannot be sent, it is told of the next time.
    """
    users = moderators()
    if not users:
        return 0
    with transaction.atomic():
        due = CustomImage.objects.to_look_after().exclude(
            consent_warned_for=F("consent_expires_on")
        )
        images = list(due.select_for_update())
        if not images:
            return 0
        CustomImage.objects.filter(pk__in=[image.pk for image in images]).update(
            consent_warned_for=F("consent_expires_on")
        )
    try:
        get_connection().send_messages([warning(images, user) for user in users])
    except Exception:
        for image in images:
            CustomImage.objects.filter(pk=image.pk).update(
                consent_warned_for=image.consent_warned_for
            )
        raise
    return len(images)


def moderators() -> list[User]:
    """Return those with an address who may both publish pages and change pictures."""
    may_publish = page_permission_policy.users_with_permission("publish").exclude(email="")
    users = may_publish.select_related("wagtail_userprofile").distinct().order_by("pk")
    # Asked one by one: the policy's question for all asks for permissions on our own model (7.4).
    return [user for user in users if image_permission_policy.user_has_permission(user, "change")]


def warning(images: list[CustomImage], user: User) -> EmailMessage:
    """Return the mail to ``user`` about these pictures, in the language of their admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    language = profile.get_preferred_language() if profile else "sv"
    with translation.override(language):
        expiring = [describe(image) for image in images]
    context = {"expiring": expiring, "report_url": full_url(reverse("consent_report"))}
    return compose("core/mail/consents_end.txt", context, to=user.email, language=language)


def describe(image: CustomImage) -> Expiring:
    """Return what a warning says of the picture, with what uses it by kind and name."""
    users = [user for user, _references in ReferenceIndex.get_grouped_references_to(image)]
    return Expiring(
        image=image,
        edit_url=full_url(reverse("wagtailimages:edit", args=[image.pk])),
        used_by=[f"{user._meta.verbose_name}: {user}" for user in users if user],
    )
