"""The page that tells how the data is fetched and used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from asflist.models import StatisticsPage
from asflist.open_data.api import api
from asflist.open_data.limits import for_everybody
from asflist.places import counties_by_name, county, municipality, municipality_choices


@dataclass(frozen=True)
class Parameter:
    """One parameter of a request, its description in the reader's language."""

    name: str
    kind: str
    description: str


@dataclass(frozen=True)
class Operation:
    """One thing that the API answers."""

    path: str
    summary: str
    parameters: list[Parameter]


@cache
def schema() -> dict[str, Any]:
    """Return the OpenAPI description (OpenAPI Specification 3.1)."""
    return dict(api.get_openapi_schema(path_prefix="/api/v1/"))


def kind_of(described: dict[str, Any]) -> str:
    """Return a JSON schema's type in a word or two."""
    for part in [described, *described.get("anyOf", [])]:
        if part.get("type") == "array":
            return f"{kind_of(part['items'])}, …"
        if "enum" in part:
            return " | ".join(map(str, part["enum"]))
        if part.get("type") not in (None, "null"):
            return str(part["type"])
        if "$ref" in part:
            name = part["$ref"].rsplit("/", 1)[-1]
            return kind_of(schema()["components"]["schemas"][name])
    return ""


def operations() -> list[Operation]:
    """Return what the API answers, as its description has it."""
    return [
        Operation(
            path=path,
            summary=translated(answer["get"]),
            parameters=[
                Parameter(part["name"], kind_of(part["schema"]), described(part))
                for part in answer["get"].get("parameters", [])
            ],
        )
        for path, answer in schema()["paths"].items()
    ]


def described(parameter: dict[str, Any]) -> str:
    """Return what the description says of a parameter, in the reader's language."""
    return translated(parameter if "description" in parameter else parameter["schema"])


def translated(part: dict[str, Any]) -> str:
    """Return a part's description in the reader's language."""
    text = part["description"]
    return _(text)


@require_safe
@for_everybody
def openapi(request: HttpRequest) -> HttpResponse:
    """Give the description as JSON; ``servers`` says where this site is."""
    found = schema() | {"servers": [{"url": request.build_absolute_uri("/").rstrip("/")}]}
    return JsonResponse(found)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Show the files, the API and the widget's code for the place that was chosen."""
    code = request.GET.get("place", "")
    place = municipality(code) or county(code)
    asked = {"municipality" if len(code) == 4 else "county": code} if place else {}
    address = f"{reverse('list_widget')}{'?' if asked else ''}{urlencode(asked)}"
    return render(
        request,
        "asflist/open_data/about.html",
        {
            "language": get_language(),
            "operations": operations(),
            "place": place,
            "place_code": code if place else "",
            "counties": counties_by_name(),
            "municipalities": municipality_choices(),
            "widget_path": address,
            "widget_url": request.build_absolute_uri(address),
            "api_url": request.build_absolute_uri("/api/v1/enterprises"),
            "openapi_url": reverse("openapi"),
            "statistics": StatisticsPage.objects.live()
            .public()
            .filter(locale__language_code=get_language())
            .first(),
        },
    )
