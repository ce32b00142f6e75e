"""What the library serves beside its pages."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.navigation import site_root_path
from core.publicity import may_see_unpublished
from library.film_chapters import as_vtt, film_chapters
from library.models import FilmPage


@require_safe
def text_track(request: HttpRequest, path: str, kind: str, language: str) -> HttpResponse:
    """Serve a film's captions, descriptions or chapters (``kind``) as WebVTT.

    Answers 404 while the film is not public, except to staff, and where it has no such track.
    """
    try:
        url_path = site_root_path(get_language() or settings.LANGUAGE_CODE) + path
    except LookupError as error:
        raise Http404 from error
    film = FilmPage.objects.live().public().select_related("locale").filter(url_path=url_path)
    shown = film.first()
    public = shown is not None
    if shown is None and may_see_unpublished(request):
        shown = latest_draft(url_path)
    text = track_text(shown, kind, language) if shown else ""
    if not text:
        raise Http404
    response = HttpResponse(text, content_type="text/vtt; charset=utf-8")
    if not public:
        patch_cache_control(response, private=True, no_store=True)
    return response


def track_text(film: FilmPage, kind: str, language: str) -> str:
    """Return the film's track as WebVTT, or an empty string when it has none.

    Chapters are in the language of the page; captions and descriptions in any that there are.
    """
    if kind == "chapters":
        chapters = film_chapters(film) if language == film.locale.language_code else []
        return as_vtt(chapters) if chapters else ""
    rows = film.captions.all() if kind == "captions" else film.descriptions.all()
    return next((row.text for row in rows if row.language == language), "")


def latest_draft(url_path: str) -> FilmPage | None:
    """Return the film at this address as it was last saved, whoever may see it."""
    film = FilmPage.objects.filter(url_path=url_path).first()
    return film.get_latest_revision_as_object() if film else None
