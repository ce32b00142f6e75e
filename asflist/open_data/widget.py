"""The list as a part of other sites: a page of its own that may stand in a frame."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from asflist.addresses import list_url
from asflist.cards import industry_names
from asflist.enums import EntryType
from asflist.open_data.results import Result

#: Entries shown; the rest is a link away.
MOST = 20


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def widget(request: HttpRequest) -> HttpResponse:
    """Show the result that the address asks for; its links open the site in a window of its own.

    The only page of the site that other sites may frame: it has no form, sets no cookie and asks
    who nobody is, so that there is nothing to trick a reader into.
    """
    url = list_url(get_language() or "", request)
    if not url:
        raise Http404
    result = Result.of(request)
    names = industry_names(request).values()
    context = {
        "result": result,
        "in_words": result.filters.in_words(names) if result.filters else "",
        "entries": result.entries(0, MOST),
        "enterprises": result.hits.by_type[EntryType.ENTERPRISE],
        "sales_organisations": result.hits.by_type[EntryType.SALES_ORGANISATION],
        "more": max(result.count - MOST, 0),
        "list_url": request.build_absolute_uri(result.filters.address(url)),
    }
    return render(request, "asflist/open_data/widget.html", context)
