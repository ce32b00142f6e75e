"""Earlier versions of corrected press pages: readable, and found by nobody who does not look."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from campaigns.models import PressChange
from core.navigation import language_links


@require_safe
def press_version(request: HttpRequest, page_id: int, number: int) -> TemplateResponse:
    """Show a press page as it was before correction ``number``, in the page's own language."""
    change = (
        PressChange.objects.published()
        .filter(page=page_id, number=number, page__locale__language_code=get_language())
        .select_related("page__locale")
        .first()
    )
    if change is None:
        raise Http404
    page = change.page.specific
    version = page.with_content_json(change.earlier)
    context = version.get_context(request) | {
        "earlier": change,
        "present": page,
        "changes": [],
        "corrections": [
            earlier for earlier in page.corrections if earlier.number and earlier.number < number
        ],
        # The other language has the page, and not this version of it.
        "language_links": language_links(
            page, request, dict.fromkeys(dict(settings.LANGUAGES), "")
        ),
    }
    return TemplateResponse(
        request,
        version.get_template(request),
        context,
        headers={"X-Robots-Tag": "noindex, nofollow"},
    )
