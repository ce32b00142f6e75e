"""The JSON API: read-only, described by OpenAPI 3.1, paged, the same for everybody.

The description is in English; the page about the open data translates what is marked.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext_noop
from ninja import Field, NinjaAPI, Path, Query, Schema

from asflist.addresses import list_url
from asflist.enterprise_page import find_versions, reader_version
from asflist.enums import EntryType, Procurement
from asflist.models import Industry
from asflist.open_data.entries import Entry, IndustryRef, Place, WholeEntry, describe_whole
from asflist.open_data.limits import NetworkThrottle
from asflist.open_data.results import Result
from asflist.places import counties, municipalities

PER_PAGE, MOST_PER_PAGE = 50, 100
SLUG = r"^[a-zA-Z0-9_-]+$"
ABOUT = (
    "The public entries of ASF-listan, the national list of work integration social enterprises "
    "in Sweden. Read-only. No key is needed. At most 600 requests an hour from one network; "
    "after that the answer is 429. An entry that leaves the list leaves the API at once, so keep "
    "no copy longer than you must."
)

#: The language of names, texts and addresses.
Language = Annotated[
    Literal["sv", "en"], Query(description=gettext_noop("The language of the answer."))
]


class OpenAPI(NinjaAPI):
    """Ninja's, with answers that scripts of any site may read (Fetch, CORS protocol)."""

    def create_response(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().create_response(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response


api = OpenAPI(
    title="ASF-listan",
    version="1.0.0",
    description=ABOUT,
    urls_namespace="api",
    # Our own pages: Ninja's fetch their parts from a third party.
    docs_url=None,
    openapi_url=None,
    throttle=[NetworkThrottle()],
)


class Filtering(Schema):
    """What entries are asked for, as in the address of the list's page."""

    q: str = Field(
        "", max_length=100, description=gettext_noop("Words in name, offer, benefit or place.")
    )
    county: str = Field("", description=gettext_noop("County code, for example 21."))
    municipality: str = Field("", description=gettext_noop("Municipality code, for example 2180."))
    near: str = Field("", description=gettext_noop("Municipality code to measure from."))
    km: int | None = Field(
        None, description=gettext_noop("Within 10, 25, 50 or 100 kilometres of “near”.")
    )
    delivers: str = Field(
        "", description=gettext_noop("Code of a county or municipality that is delivered to.")
    )
    industry: list[str] = Field([], description=gettext_noop("Slugs; any of them."))
    procurement: list[Procurement] = Field([], description=gettext_noop("Any of them."))
    language: list[str] = Field(
        [], description=gettext_noop("Languages spoken (ISO 639); any of them.")
    )
    type: EntryType | None = Field(None, description=gettext_noop("“asf” or “sales”."))
    certified: bool = Field(False, description=gettext_noop("Only with a valid certificate."))
    member: bool = Field(False, description=gettext_noop("Only members of Skoopi."))
    reserved: bool = Field(
        False, description=gettext_noop("Only where at least 30 per cent are of the target group.")
    )


class Entries(Schema):
    """One page of entries."""

    count: int = Field(description="Entries in all pages.")
    next: str | None = Field(description="The address of the next page.")
    previous: str | None
    notices: list[str] = Field(description="What in the address was not understood.")
    results: list[Entry]


class Problem(Schema):
    """Why there is no answer."""

    detail: str


def page_address(request: HttpRequest, number: int) -> str:
    """Return the address of the page with this number."""
    params = request.GET.copy()
    params["page"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}")


@api.get(
    "/enterprises",
    response={200: Entries, 429: Problem},
    tags=["entries"],
    description=gettext_noop(
        "List the entries that the filters let through, in the list’s order: nearest first where "
        "“near” is given, else best match first where “q” is, else by name."
    ),
)
def list_enterprises(
    request: HttpRequest,
    filtering: Query[Filtering],
    lang: Language = "sv",
    page: int = Query(1, ge=1, description=gettext_noop("The first is 1.")),
    per_page: int = Query(
        PER_PAGE, ge=1, le=MOST_PER_PAGE, description=gettext_noop("At most 100.")
    ),
) -> dict[str, Any]:
    """Return one page of what the filters let through."""
    with translation.override(lang):
        result = Result.of(request)
        start = (page - 1) * per_page
        return {
            "count": result.count,
            "next": page_address(request, page + 1) if start + per_page < result.count else None,
            "previous": page_address(request, page - 1) if page > 1 else None,
            "notices": list(result.filters.notices),
            "results": result.entries(start, start + per_page),
        }


@api.get(
    "/enterprises/{slug}",
    response={200: WholeEntry, 404: Problem},
    tags=["entries"],
    description=gettext_noop("One entry with its longer texts; 404 when it is not on the list."),
)
def get_enterprise(
    request: HttpRequest,
    slug: Annotated[
        str, Path(description=gettext_noop("As in the entry’s address."), pattern=SLUG)
    ],
    lang: Language = "sv",
) -> WholeEntry:
    """Return one entry with its longer texts; 404 when it is not on the list."""
    with translation.override(lang):
        enterprise = reader_version(find_versions(slug))
        if enterprise is None or not list_url(lang, request):
            raise Http404
        return describe_whole(enterprise, request)


@api.get(
    "/industries",
    response=list[IndustryRef],
    tags=["vocabularies"],
    description=gettext_noop("The industries, alphabetically."),
)
def list_industries(request: HttpRequest, lang: Language = "sv") -> list[dict[str, str]]:
    """List the industries, alphabetically."""
    names = Industry.objects.names(lang).values()
    return [{"slug": name.slug, "name": name.name} for name in names]


@api.get(
    "/counties",
    response=list[Place],
    tags=["vocabularies"],
    description=gettext_noop("Sweden’s 21 counties."),
)
def list_counties(request: HttpRequest, lang: Language = "sv") -> list[dict[str, str]]:
    """List Sweden's 21 counties."""
    with translation.override(lang):
        return [{"code": county.code, "name": county.name} for county in counties()]


@api.get(
    "/municipalities",
    response=list[Place],
    tags=["vocabularies"],
    description=gettext_noop("Sweden’s 290 municipalities."),
)
def list_municipalities(request: HttpRequest) -> list[dict[str, str]]:
    """List Sweden's 290 municipalities."""
    return [{"code": place.code, "name": place.name} for place in municipalities()]


@api.exception_handler(Http404)
def say_that_there_is_none(request: HttpRequest, error: Http404) -> HttpResponse:
    """Answer 404 in JSON, and say no more: what is not public is not known here."""
    return api.create_response(request, {"detail": "Not found."}, status=404)
