"""Files made from published entries: the supplier sheet and the picture to share."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from asflist import supplier_sheet
from asflist.enterprise_page import find_versions, reader_version
from asflist.open_data.limits import too_many
from asflist.supplier_sheet import Form
from core.guard import is_over_limit

#: So many files may be made anew for one network; what is kept is given to everybody.
MADE_ANEW = "60/h"


@require_safe
def enterprise_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with an enterprise's supplier sheet, an accessible PDF in the reader's language."""
    return made(request, slug, "pdf", "application/pdf")


@require_safe
def enterprise_share(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with the picture that stands for an enterprise where it is shared, 1200 × 630 px."""
    return made(request, slug, "png", "image/png")


def made(request: HttpRequest, slug: str, form: Form, content_type: str) -> HttpResponse:
    """Answer with a file of the published entry; 404 for any other, 429 when too many are made."""
    enterprise = reader_version(find_versions(slug))
    if enterprise is None:
        raise Http404
    data = supplier_sheet.describe(enterprise, get_language() or "", request)
    if not supplier_sheet.is_kept(form, data) and is_over_limit(request, "supplier", MADE_ANEW):
        return too_many(_("Too many files have been made for you. Try again in an hour."))
    response = HttpResponse(supplier_sheet.make(form, data), content_type=content_type)
    response.headers["Content-Disposition"] = f'inline; filename="{enterprise.slug}.{form}"'
    return response
