"""What keeps machines out of public forms: a trap, some work to do, and a limit; no third party."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, ClassVar, cast

import altcha
import django_fast_ratelimit as ratelimit
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, JsonResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

ALGORITHM = "PBKDF2/SHA-256"
#: Rounds of PBKDF2 for one try, and the fewest and most tries: a second's work for an old phone.
COST = 5000
FEWEST_TRIES, MOST_TRIES = 10, 50
#: Seconds that a challenge is good for; the script asks for a new one sooner than that.
LIFETIME = 20 * 60
#: What mail programs make a link of, a bare domain too: strangers shall not have us mail it.
LINK = r"(?i:://|@|www\.|\w\.[a-z]{2})"


class GuardedForm(forms.Form):
    """A public form that machines find hard to send.

    It needs the ``request``, and in its template ``core/components/guard.html``. A reader without
    script does no work and is let through under a stricter limit. Only what is otherwise right is
    judged and counted, so that mistakes cost nobody their turn.
    """

    #: What the limit is counted for; forms with the same purpose share it.
    purpose: ClassVar[str]
    #: How many may be sent from one address, as ``number/period`` of django-fast-ratelimit.
    rate: ClassVar[str] = "60/h"
    rate_without_script: ClassVar[str] = "10/h"

    website = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )
    proof = forms.CharField(
        required=False, widget=forms.HiddenInput({"data-proof": "", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def full_clean(self) -> None:
        """Check the fields, and then the sender."""
        super().full_clean()
        if self.is_bound and not self.errors:
            self.check_sender()

    def check_sender(self) -> None:
        """Add an error that concerns the whole form when this looks like a machine."""
        if self.cleaned_data.pop("website", ""):
            self.add_error(
                None, _("One field must be empty, and was not. Empty it and send again.")
            )
            return
        worked = spend_proof(self.cleaned_data.pop("proof", ""))
        rate = self.rate if worked else self.rate_without_script
        if is_over_limit(self.request, f"{self.purpose}:{'' if worked else 'no-'}script", rate):
            self.add_error(
                None,
                _("Too many forms have come from your network. Wait an hour, and send again.")
                if worked
                else _(
                    "Too many forms have come from your network. Wait an hour, or switch on "
                    "JavaScript, and send again."
                ),
            )


@require_safe
@never_cache
def challenge(request: HttpRequest) -> JsonResponse:
    """Give a browser some work to do (altcha.org, proof of work version 2), signed by us."""
    made = altcha.create_challenge(
        ALGORITHM,
        COST,
        counter=secrets.choice(range(FEWEST_TRIES, MOST_TRIES)),
        expires_at=int(time.time()) + LIFETIME,
        hmac_secret=signing_key(),
    )
    return JsonResponse(made.to_dict())


def signing_key() -> bytes:
    """Return the key that challenges are signed with; it follows from SECRET_KEY."""
    return salted_hmac("core.guard.challenge", "", algorithm="sha256").digest()


def spend_proof(payload: str) -> bool:
    """Whether ``payload`` (base64 of JSON) is a challenge of ours, solved, in time and unspent."""
    if not payload or not altcha.verify_solution(payload, signing_key()).verified:
        return False
    signature = altcha.Payload.from_base64(payload).challenge.signature
    return cache.add(f"guard:spent:{signature}", True, timeout=LIFETIME + 60)


def is_over_limit(request: HttpRequest, group: str, rate: str) -> bool:
    """Count the request, and tell whether its sender has sent more than ``rate`` allows."""
    counted = ratelimit.get_ratelimit(
        group=group,
        key=sender_key(request),
        rate=rate,
        request=request,
        action=ratelimit.Action.INCREASE,
    )
    return bool(counted.request_limit)


def is_over_limit_of_address(email: str, group: str, rate: str) -> bool:
    """Count a mail that anybody can make us send to ``email``, and tell if it is over ``rate``.

    The cache holds a keyed hash, never the address.
    """
    counted = ratelimit.get_ratelimit(
        group=group,
        key=salted_hmac(group, email.lower(), algorithm="sha256").digest(),
        rate=rate,
        action=ratelimit.Action.INCREASE,
    )
    return bool(counted.request_limit)


def sender_key(request: HttpRequest) -> bytes:
    """Return what stands for the sender's network in the cache: no address is kept."""
    return salted_hmac("core.guard.sender", network(request.META), algorithm="sha256").digest()


def network(headers: Mapping[str, Any]) -> str:
    """Return the sender's IPv4 address, or its IPv6 network: a household has a /64 (RFC 6177).

    Each of the ``TRUSTED_PROXIES`` in front adds the address it heard from at the end of
    X-Forwarded-For; what stands before those, anybody can have written.
    """
    heard_from = str(headers.get("REMOTE_ADDR", ""))
    forwarded = [part.strip() for part in headers.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = cast("int", settings.TRUSTED_PROXIES)
    if 0 < proxies <= len(forwarded):
        heard_from = forwarded[-proxies]
    try:
        address = ip_address(heard_from)
    except ValueError:
        return heard_from
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ip_network((address, 64), strict=False))
    return str(address)
