"""Preview links for journalists: what is under embargo, as it will look, by a signed address."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.signing import Signer
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from wagtail.models import Revision

from campaigns.models import EmbargoLink, PressPage
from campaigns.press.embargo import WAITING, in_words
from core.mail import full_url
from core.media import media_type, owner_of, ranged_response
from core.models import CustomDocument, CustomImage
from core.signed_links import BadLinkError, make_token, private_page, read_token

PURPOSE = "embargo"
#: Addresses of files, as the templates write them; after a quote, or after a space in a srcset.
FILE_ADDRESS = r"""(?<=["'\s]){origin}/((?:media|documents)/[^\s"'<>,]+)"""


@dataclass(frozen=True)
class Preview:
    """What a link shows: the page's content and the moment it goes out, None when it has none."""

    page: PressPage
    moment: datetime | None

    @property
    def moment_in_words(self) -> str:
        """The moment in the reader's language, with its time zone."""
        return in_words(self.moment) if self.moment else ""


def link_url(link: EmbargoLink) -> str:
    """Return the full address of ``link``, in the language of its page."""
    with translation.override(link.page.locale.language_code):
        return full_url(reverse("embargo_preview", args=[make_token(PURPOSE, link.uid)]))


def preview_of(page: PressPage) -> Preview:
    """Return what is scheduled of ``page``, else its latest version."""
    revision: Revision | None = page.scheduled_revision or page.get_latest_revision()
    version = revision.as_object() if revision else page.specific
    moment = revision.approved_go_live_at if revision else None
    return Preview(version, None if moment == WAITING else moment)


def is_out(page: PressPage) -> bool:
    """Whether everybody can read ``page`` and nothing new of it is scheduled."""
    return bool(page.live and not page.scheduled_revision)


def link_of(token: str) -> EmbargoLink:
    """Return the link that ``token`` stands for, if its page is in the address's language.

    Raises ``Http404`` for a forged or a revoked one; whether it has expired is another question.
    """
    try:
        (uid,) = read_token(PURPOSE, token)
        link = (
            EmbargoLink.objects.filter(uid=uuid.UUID(uid), revoked_at=None)
            .select_related("page__locale")
            .get()
        )
    except (BadLinkError, ValueError, EmbargoLink.DoesNotExist) as error:
        raise Http404 from error
    if link.page.locale.language_code != get_language():
        raise Http404
    return link


def works(link: EmbargoLink, moment: datetime | None) -> bool:
    """Whether ``link`` shows a page that goes out at ``moment`` (None: not decided).

    One that lasts to the moment lasts until the page is out, within a minute after.
    """
    now = timezone.now()
    return link.expires_at > now or bool(moment and moment <= link.expires_at)


@require_safe
@private_page
def embargo_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page under embargo; once it is out, lead to it. 404 for every link that ends."""
    link = link_of(token)
    if is_out(link.page):
        return redirect(link.page.get_url(request))
    preview = preview_of(link.page.specific)
    if not works(link, preview.moment):
        raise Http404
    context = preview.page.get_context(request) | {
        "embargo": preview,
        # Nothing else of the page is public, in any language.
        "language_links": [],
    }
    html = render_to_string(preview.page.get_template(request), context, request)
    return HttpResponse(with_signed_files(html, token, link, request))


def with_signed_files(html: str, token: str, link: EmbargoLink, request: HttpRequest) -> str:
    """Return ``html`` with the addresses of its files led below the token, and only of its own."""
    origin = re.escape(request.build_absolute_uri("/").rstrip("/"))

    def signed(match: re.Match[str]) -> str:
        path = unquote(match[1])
        return reverse("embargo_file", args=[token, signature_of(link, path), path])

    return re.sub(FILE_ADDRESS.format(origin=f"(?:{origin})?"), signed, html)


def signature_of(link: EmbargoLink, path: str) -> str:
    """Return what lets the holder of ``link`` fetch the file at ``path``."""
    return Signer(salt="campaigns.press.embargo_file").signature(f"{link.uid}:{path}")


@require_safe
@private_page
def embargo_file(request: HttpRequest, token: str, signature: str, path: str) -> HttpResponseBase:
    """Give a picture, film or document that the page under embargo shows."""
    link = link_of(token)
    if not constant_time_compare(signature, signature_of(link, path)):
        raise Http404
    if is_out(link.page):
        return redirect(f"/{path}")
    if not works(link, preview_of(link.page.specific).moment):
        raise Http404
    try:
        match = resolve(f"/{path}")
    except Resolver404 as error:
        raise Http404 from error
    if match.url_name == "wagtaildocs_serve":
        return document_response(int(match.args[0]))
    return media_response(request, path.removeprefix(settings.MEDIA_URL.lstrip("/")))


def document_response(document_id: int) -> HttpResponseBase:
    """Answer with a document, as a file to save."""
    document = CustomDocument.objects.filter(pk=document_id).first()
    if document is None:
        raise Http404
    return FileResponse(
        document.file.open("rb"),
        as_attachment=True,
        filename=document.filename,
        content_type=document.content_type,
    )


def media_response(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with a picture or a film; not with a picture whose consent has ended."""
    owner = owner_of(name)
    expired = isinstance(owner, CustomImage) and owner.is_expired
    if owner is None or expired or not default_storage.exists(name):
        raise Http404
    return ranged_response(
        request.headers.get("Range", ""),
        default_storage.open(name),
        default_storage.size(name),
        media_type(name),
    )
