"""Books for visitors: their files, and the short addresses that are printed in them."""

from __future__ import annotations

import re

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header, http_date
from django.utils.text import get_valid_filename
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from core.media import ranged_response
from core.navigation import site_root_path
from library import short_addresses
from library.models import BookFile, HandbookPage

SECOND = re.compile(r"[0-9]{1,5}")
MEDIA_TYPES = {"pdf": "application/pdf", "epub": "application/epub+zip"}


@require_safe
def book_file(request: HttpRequest, path: str, name: str, kind: str) -> HttpResponseBase:
    """Serve a handbook's newest whole file (``kind`` is “pdf” or “epub”), in parts where asked.

    It stands under the handbook's own address and name. Answers 404 while the handbook is not
    public, before the file has been made, and while the one there is holds what was withdrawn.
    """
    try:
        url_path = site_root_path(get_language() or settings.LANGUAGE_CODE) + path
    except LookupError as error:
        raise Http404 from error
    books = HandbookPage.objects.live().public().filter(url_path=url_path, slug=name)
    file = BookFile.objects.servable().filter(handbook__in=books, format=kind).first()
    if file is None or not file.built_at or not file_is_there(file):
        raise Http404
    title = books.values_list("title", flat=True).get()
    etag = f'"book-{file.pk}-{file.built}-{int(file.built_at.timestamp())}"'
    # RFC 9110 § 13.1.5: a part of another file than the reader has the rest of would be no book.
    unchanged = request.headers.get("If-Range", etag) == etag
    response = ranged_response(
        request.headers.get("Range", "") if unchanged else "",
        file.file.open(),
        file.size,
        MEDIA_TYPES[kind],
    )
    if response.status_code in (200, 206):
        file_name = get_valid_filename(f"{title}.{kind}").replace("_", " ")
        disposition = content_disposition_header(kind == "epub", file_name)
        response.headers["Content-Disposition"] = disposition or "inline"
        response.headers["ETag"] = etag
        response.headers["Last-Modified"] = http_date(file.built_at.timestamp())
    # Kept by whoever asks again each time: what is withdrawn is gone at once.
    patch_cache_control(response, public=True, no_cache=True)
    return response


def file_is_there(file: BookFile) -> bool:
    """Whether the storage has the file that the row tells of."""
    return bool(file.file.name and default_storage.exists(file.file.name))


@require_safe
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a printed short address to its page, or to the nearest public one above it.

    A code that was once given always leads somewhere, and tells nothing of a page that visitors
    may not see; one that was never given answers 404. A second in a film (``?t=83``) goes along.
    """
    address = short_addresses.find(code)
    if address is None:
        raise Http404
    page = short_addresses.target(address)
    url = (page.get_url(request) if page else None) or "/"
    second = request.GET.get("t", "")
    own = page is not None and page.pk == address.page_id
    return redirect(f"{url}?t={second}" if own and SECOND.fullmatch(second) else url)
