"""Deleting who looked after an entry when that is over, or never began (GDPR, article 5.1 e)."""

from __future__ import annotations

from datetime import datetime, timedelta

from asflist.enums import ListingState
from asflist.models import EnterpriseOwner

#: How long an invitation stands: its link is renewed by whoever was invited.
KEEP_INVITATIONS = timedelta(days=30)
#: How long who answered for an entry is known after it has left the list, should it apply again.
KEEP_OWNERS = timedelta(days=730)


def forget_invitations(now: datetime) -> int:
    """Delete owners who have not confirmed their address in a month, and count them."""
    number, _by_model = EnterpriseOwner.objects.filter(
        confirmed_at=None, created_at__lt=now - KEEP_INVITATIONS
    ).delete()
    return number


def forget_owners(now: datetime) -> int:
    """Delete the owners of entries that were declined or withdrawn long ago, and count them."""
    number, _by_model = EnterpriseOwner.objects.filter(
        enterprise__state__in=(ListingState.DECLINED, ListingState.WITHDRAWN),
        enterprise__state_changed_at__lt=now - KEEP_OWNERS,
    ).delete()
    return number
