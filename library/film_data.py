"""Films as search engines read them: schema.org ``VideoObject`` with its clips, and their series.

Google's guide: https://developers.google.com/search/docs/appearance/structured-data/video
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from library import durations
from library.enums import AudioDescription
from library.film_chapters import film_chapters
from library.outside_films import outside_film
from library.transcripts import Turn, parse

if TYPE_CHECKING:
    from library.models import FilmPage


def video_object(film: FilmPage, request: HttpRequest, data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` of any page as a ``VideoObject``; a film that cannot be seen is a page."""
    if not film.video and not film.external_url:
        return data | {"@type": "WebPage"}
    data = data | where_it_is(film, request)
    if film.poster_url:
        data["thumbnailUrl"] = request.build_absolute_uri(film.poster_url)
    if moment := shown_from(film):
        data["uploadDate"] = moment.isoformat()
    if film.duration:
        data["duration"] = durations.iso(film.duration)
    if film.transcript:
        data["transcript"] = as_text(parse(film.transcript))
    if features := accessibility_features(film):
        data["accessibilityFeature"] = features
    if clips := clips_of(film, request):
        data["hasPart"] = clips
    return data


def shown_from(film: FilmPage) -> date | None:
    """Return when the film was recorded, else when it was first published."""
    return film.recorded_on or film.first_published_at


def as_text(turns: list[Turn]) -> str:
    """Return what is said and by whom, one line a turn, without the times."""
    lines = [f"{turn.speaker}: {turn.text}" if turn.speaker else turn.text for turn in turns]
    return "\n".join(lines)


def where_it_is(film: FilmPage, request: HttpRequest) -> dict[str, Any]:
    """Return the film's file, or the frame or address that plays it on another site."""
    if film.video:
        address = request.build_absolute_uri(film.video.url)
        return {"contentUrl": address, "encodingFormat": film.video_type}
    outside = outside_film(film.external_url)
    return {"embedUrl": outside.frame_url} if outside.frame_url else {"sameAs": outside.url}


def clips_of(film: FilmPage, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the film's chapters as ``Clip``, each with the address that begins there."""
    address = film.get_full_url(request)
    clips = []
    for chapter in film_chapters(film):
        clip = {
            "@type": "Clip",
            "name": chapter.title,
            "startOffset": chapter.start,
            "url": f"{address}?t={chapter.start}",
        }
        clips.append(clip | ({"endOffset": chapter.end} if chapter.end else {}))
    return clips


def accessibility_features(film: FilmPage) -> list[str]:
    """Return what the film has for those who do not hear or see it, in schema.org's words.

    The vocabulary: https://www.w3.org/community/reports/a11y-discov-vocab/.
    """
    described = film.described_video_id or film.audio_description == AudioDescription.TRACK
    features = {
        "captions": bool(film.tracks),
        "transcript": bool(film.transcript),
        "audioDescription": bool(described),
        "signLanguage": bool(film.sign_language_video_id),
    }
    return [feature for feature, there_is in features.items() if there_is]


def series_parts(films: list[FilmPage], request: HttpRequest) -> list[dict[str, Any]]:
    """Return the films of a series as its numbered parts."""
    return [
        {
            "@type": "VideoObject",
            "position": number,
            "name": film.title,
            "description": film.summary or film.title,
            "url": film.get_full_url(request),
        }
        | ({"uploadDate": moment.isoformat()} if (moment := shown_from(film)) else {})
        | ({"duration": durations.iso(film.duration)} if film.duration else {})
        | ({"thumbnailUrl": request.build_absolute_uri(film.poster_url)} if film.poster_url else {})
        for number, film in enumerate(films, 1)
    ]
