"""What changes how an enterprise is found."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import receiver

from asflist.finding.entries import mark, mark_listed, source_keys
from asflist.models import Enterprise, EnterpriseTag, Industry


def mark_enterprise(enterprise: Enterprise) -> None:
    """Mark the list's row of an enterprise, if it is or has been on the list."""
    if enterprise.language == settings.LANGUAGE_CODE:
        if enterprise.live:
            mark([enterprise.pk, *sellers(enterprise)])
        else:
            mark_listed([enterprise.pk, *sellers(enterprise)])
    else:
        same = Enterprise.objects.filter(translation_key=enterprise.translation_key)
        mark_listed(source_keys(same))


def sellers(enterprise: Enterprise) -> QuerySet[Any, int]:
    """Return the ids of those that sell for it, which are found by its name."""
    membership = Enterprise.members.through.objects.filter(to_enterprise_id=enterprise.pk)
    return membership.values_list("from_enterprise_id", flat=True)


@receiver(pre_delete, sender=Enterprise)
def follow_sellers(instance: Enterprise, **kwargs: Any) -> None:
    """Let those that sell for a deleted enterprise not be found by its name any more."""
    mark_listed(sellers(instance))


@receiver(post_save, sender=Enterprise)
def follow_enterprise(instance: Enterprise, raw: bool = False, **kwargs: Any) -> None:
    """Published, unpublished, edited, moved to another state: every one of them saves."""
    if not raw:
        mark_enterprise(instance)


@receiver(post_delete, sender=Enterprise)
def follow_deleted_enterprise(instance: Enterprise, **kwargs: Any) -> None:
    """Take it off, or a translation's texts away."""
    instance.live = False
    mark_enterprise(instance)


@receiver([post_save, post_delete], sender=EnterpriseTag)
def follow_tag(instance: EnterpriseTag, raw: bool = False, **kwargs: Any) -> None:
    """Let it be found by its tags."""
    if not raw:
        mark_listed([instance.content_object_id])


@receiver(m2m_changed, sender=Enterprise.industries.through)
@receiver(m2m_changed, sender=Enterprise.members.through)
def follow_choice(
    instance: Model, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Let it be found by its industries, and a sales organisation by its members' names."""
    if action.startswith("post_") or action == "pre_clear":
        mark_listed((pk_set or ()) if reverse else [instance.pk])


@receiver([post_save, pre_delete], sender=Industry)
def follow_industry(instance: Industry, raw: bool = False, **kwargs: Any) -> None:
    """Let enterprises be found by a new name, other words, another place in the vocabulary."""
    if raw:
        return
    same = Q(industries__translation_key=instance.translation_key)
    parts = Q(industries__parent__translation_key=instance.translation_key)
    mark(source_keys(Enterprise.objects.filter(same | parts, live=True)))
