"""What the library serves beside its pages."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.navigation import site_root_path
from core.publicity import may_see_unpublished
from library.models import FilmPage


@require_safe
def captions(request: HttpRequest, path: str, language: str) -> HttpResponse:
    """Serve a film's captions as WebVTT; 404 while the film is not public, except to staff."""
    try:
        url_path = site_root_path(get_language() or settings.LANGUAGE_CODE) + path
    except LookupError as error:
        raise Http404 from error
    film = FilmPage.objects.live().public().filter(url_path=url_path).first()
    public = film is not None
    if not public and may_see_unpublished(request):
        film = latest_draft(url_path)
    rows = film.captions.all() if film else []
    text = next((row.text for row in rows if row.language == language), None)
    if text is None:
        raise Http404
    response = HttpResponse(text, content_type="text/vtt; charset=utf-8")
    if not public:
        patch_cache_control(response, private=True, no_store=True)
    return response


def latest_draft(url_path: str) -> FilmPage | None:
    """Return the film at this address as it was last saved, whoever may see it."""
    film = FilmPage.objects.filter(url_path=url_path).first()
    return film.get_latest_revision_as_object() if film else None
