"""What readers have answered to “Was this helpful?” in the demonstration."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from core.models import BasePage
from home.demo.bodies import Keys
from home.demo.content import read
from library.models import Feedback


def load_feedback(keys: Keys) -> int:
    """Keep every answer at its moment, on the page in its reader's language; return how many."""
    now = timezone.now()
    answers = []
    for item in read("feedback"):
        source = BasePage.objects.get(pk=keys.pages[item["page"]])
        versions = BasePage.objects.filter(translation_key=source.translation_key)
        page = versions.get(locale__language_code=item["language"])
        answers.append(
            Feedback(
                page=page,
                helpful=item["helpful"],
                comment=item.get("comment", ""),
                created_at=now - timedelta(days=item["days_ago"], minutes=item["minutes"]),
            )
        )
    return len(Feedback.objects.bulk_create(answers))
