"""Deleting what applicants never sent in (GDPR, article 5.1 e)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from asflist.models import EnterpriseDraft
from core.uploads import sweep

#: What was begun and never finished, or sent and never confirmed.
KEEP_UNFINISHED = timedelta(days=30)
#: A picture is in its folder a moment before its draft says so.
KEEP_NEW_FILES = timedelta(days=1)


def unspent_drafts(now: datetime) -> QuerySet[EnterpriseDraft]:
    """Return the forms whose links still work."""
    return EnterpriseDraft.objects.filter(updated_at__gte=now - KEEP_UNFINISHED)


def forget_applications(now: datetime) -> int:
    """Delete forms that nobody has touched for a month, and count them; their pictures too."""
    number, _by_model = EnterpriseDraft.objects.filter(
        updated_at__lt=now - KEEP_UNFINISHED
    ).delete()
    names = EnterpriseDraft.objects.values_list("logo", "picture")
    named = {name for pair in names for name in pair if name}
    field: Any = EnterpriseDraft._meta.get_field("picture")
    sweep(field.storage, field.upload_to, named, now - KEEP_NEW_FILES)
    return number
