"""Mail from templates: plain text, in the receiver's language."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

#: The empty lines that a part of a template leaves behind when it says nothing.
GAP = re.compile(r"\n\s*\n\s*\n")


def compose(
    template: str,
    context: dict[str, Any],
    *,
    to: str,
    language: str,
    headers: dict[str, str] | None = None,
) -> EmailMessage:
    """Return a message whose subject is the template's first line and whose text is the rest.

    ``template`` is the path of a ``.txt`` template that switches autoescaping off, ``language`` a
    code of ``LANGUAGES``. ``base_url`` in the context is the site's address without a slash at the
    end. The subject cannot break the header: it is one line.
    """
    base_url = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    with translation.override(language):
        text = render_to_string(template, {"base_url": base_url, **context})
    subject, _newline, body = text.strip().partition("\n")
    body = GAP.sub("\n\n", body.strip())
    message = EmailMessage(" ".join(subject.split()), f"{body}\n", to=[to], headers=headers)
    message.extra_headers.setdefault("Content-Language", language)
    # RFC 3834 § 5: no out-of-office reply to what a machine has sent.
    message.extra_headers.setdefault("Auto-Submitted", "auto-generated")
    return message


def full_url(path: str) -> str:
    """Return ``path`` with the site's scheme and host, for use outside a request."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"
