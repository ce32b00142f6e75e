"""“Was this helpful?”: the form, what is kept of an answer, and for how long."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django import forms
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.guard import GuardedForm
from core.models import BasePage
from library.models import ChapterPage, Feedback, GuidancePage

#: The kinds of page that ask.
ASKING = (ChapterPage, GuidancePage)
#: Two years: until a text has been revised with the answers in hand.
KEEP_COMMENTS = timedelta(days=730)
YES, NO = "yes", "no"
#: E-mail addresses and Swedish personal identity numbers: what nobody should have written.
PERSONAL = re.compile(r"\S@\S+\.\S|\b(?:19|20)?\d{6}[-+ ]?\d{4}\b")


class FeedbackForm(GuardedForm):
    """Yes or no, and what the reader wants to add."""

    purpose = "feedback"

    helpful = forms.ChoiceField(
        label=_("Was this helpful?"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose yes or no."),
            "invalid_choice": _("Choose yes or no."),
        },
    )
    comment = forms.CharField(
        label=_("What was good, and what is missing?"),
        help_text=_(
            "We read all answers and cannot write back. Do not write names or anything else that "
            "tells who somebody is."
        ),
        max_length=Feedback._meta.get_field("comment").max_length,
        required=False,
        validators=[
            RegexValidator(
                PERSONAL,
                _("Take out e-mail addresses and personal identity numbers. We do not keep such."),
                inverse_match=True,
            )
        ],
        widget=forms.Textarea({"rows": 4}),
    )


def feedback_form(request: HttpRequest) -> FeedbackForm:
    """Return the form with what the request has posted, empty for any other request."""
    posted = request.POST if request.method == "POST" else None
    return FeedbackForm(posted, request=request, auto_id="helpful_%s")


def pages_that_ask() -> QuerySet[BasePage]:
    """Return the public pages whose readers are asked."""
    return BasePage.objects.live().public().type(ASKING)


def keep(page: BasePage, helpful: str, comment: str) -> Feedback:
    """Keep an answer about ``page``: what was answered and when, nothing of who did."""
    return Feedback.objects.create(page=page, helpful=helpful == YES, comment=comment.strip())


def forget_comments(now: datetime) -> int:
    """Empty the comments that are more than two years old, and count them; yes and no stay."""
    old = Feedback.objects.filter(created_at__lt=now - KEEP_COMMENTS).exclude(comment="")
    return old.update(comment="")


def is_from_here(request: HttpRequest) -> bool:
    """Whether the form was sent from a page of this site (W3C Fetch Metadata; Fetch § 3.2).

    It stands for Django's token, which would need a cookie. That is enough here since nothing that
    the reader alone may do is done: a forged answer could as well be sent by its forger. A
    program that sends neither header is no browser that somebody misleads, and meets the guard.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.get_host()
