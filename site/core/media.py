"""Uploaded pictures and films, served with byte ranges, and only while they are public."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from typing import IO

from django.core.files.storage import default_storage
from django.db.models import Model, Q
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtailmedia.models import get_media_model

from core.dates import end_of_swedish_day
from core.models import CustomImage, Rendition
from core.publicity import is_public, may_see_unpublished

CHUNK = 64 * 1024
MAX_AGE = 3600  # seconds
RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})$")


@require_safe
def serve_media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve one image or film; 404 while nothing public uses it, except to staff.

    An image whose consent has ended is not public whatever uses it.

    Documents are not here: they have Wagtail's own view, which asks the same question.
    """
    # PostgreSQL has no text with a null byte in it, and refuses to look for one.
    owner = None if "\0" in name else owner_of(name)
    if owner is None or not default_storage.exists(name):
        raise Http404
    public = is_public(owner)
    if not public and not may_see_unpublished(request):
        raise Http404
    response = ranged_response(
        request.headers.get("Range", ""),
        default_storage.open(name),
        default_storage.size(name),
        media_type(name),
    )
    if public:
        patch_cache_control(response, public=True, max_age=seconds_to_keep(owner))
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def seconds_to_keep(owner: Model) -> int:
    """Return for how many seconds a cache may keep a public file: an hour, or until consent ends.

    RFC 9111 § 4.2: what is no longer fresh is asked for again, and is then not there.
    """
    ends_on = owner.consent_expires_on if isinstance(owner, CustomImage) else None
    if ends_on is None:
        return MAX_AGE
    left = (end_of_swedish_day(ends_on) - timezone.now()).total_seconds()
    return max(0, min(MAX_AGE, int(left)))


def media_type(name: str) -> str:
    """Return the media type of a picture, film or sound, and of nothing that can run a script."""
    guessed = mimetypes.guess_type(name)[0] or ""
    kind = guessed.partition("/")[0]
    safe = kind in ("audio", "image", "video") and guessed != "image/svg+xml"
    return guessed if safe else "application/octet-stream"


def owner_of(name: str) -> Model | None:
    """Return the image or film that the stored file belongs to."""
    if rendition := Rendition.objects.select_related("image").filter(file=name).first():
        return rendition.image
    if image := CustomImage.objects.filter(file=name).first():
        return image
    return get_media_model().objects.filter(Q(file=name) | Q(thumbnail=name)).first()


def ranged_response(header: str, file: IO[bytes], size: int, content_type: str) -> HttpResponseBase:
    """Answer with the whole file (200), one byte range (206), or 416 when it has no such bytes.

    ``header`` is the request's Range header (RFC 9110 § 14.2); several ranges or another unit are
    answered with the whole file, as the RFC allows. ``size`` is in bytes.
    """
    match = RANGE.match(header)
    if match is None or match.groups() == ("", ""):
        response: HttpResponseBase = FileResponse(file, content_type=content_type)
        response.headers["Content-Length"] = str(size)
        response.headers["Accept-Ranges"] = "bytes"
        return response
    first, last = match.groups()
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    return StreamingHttpResponse(
        part(file, start, end),
        status=206,
        content_type=content_type,
        headers={
            "Accept-Ranges": "bytes",
            "Content-Range": f"bytes {start}-{end}/{size}",
            "Content-Length": str(end - start + 1),
        },
    )


def part(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from ``start`` to ``end``, both included."""
    with file:
        file.seek(start)
        left = end - start + 1
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
