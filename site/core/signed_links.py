"""Links by mail that stand for a password: signed, for one purpose each, and never kept anywhere.

The token names one row; the row decides whether the link still works. The pages behind such links
carry ``private_page``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class BadLinkError(Exception):
    """The token was not made by this site for this purpose, or has expired."""


def make_token(purpose: str, *parts: object) -> str:
    """Return a URL-safe token for ``parts``, which hold no colon and come back as text."""
    value = ":".join(str(part) for part in parts)
    return signing.TimestampSigner(salt=f"core.signed_links.{purpose}").sign(value)


def read_token(purpose: str, token: str, *, max_age: int | None = None) -> list[str]:
    """Return the parts that ``token`` was made from.

    ``max_age`` is in seconds. Raises ``BadLinkError`` for a forged, mangled or expired token, and
    for one that was made for another purpose.
    """
    signer = signing.TimestampSigner(salt=f"core.signed_links.{purpose}")
    try:
        return signer.unsign(token, max_age=max_age).split(":")
    except signing.BadSignature as error:
        raise BadLinkError from error


def private_page(view: View) -> View:
    """Keep what ``view`` answers out of caches, search engines and other sites' logs.

    RFC 9111 § 5.2.2.5 (no-store), W3C Referrer Policy (same-origin), and the robots header. Not
    no-referrer: browsers then send forms with ``Origin: null`` (Fetch, append a request's Origin
    header), which Django's protection against forgery refuses.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return cast("View", wrapped)
