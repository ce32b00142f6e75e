"""Any result as a file: CSV, XLSX and GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from asflist.open_data.entries import Entry, header, row
from asflist.open_data.limits import for_everybody, limited_file
from asflist.open_data.results import Result
from asflist.places import municipality
from core.spreadsheets import streamed_csv, xlsx_response

NAME = "asf-listan"
#: A workbook is made in memory; a list that is longer is there as CSV.
MOST_XLSX_ROWS = 20_000


@require_safe
@for_everybody
@limited_file
def csv_file(request: HttpRequest) -> StreamingHttpResponse:
    """Give the result as CSV (RFC 4180), streamed."""
    result = Result.of(request)
    return streamed_csv(f"{NAME}.csv", header(), result.map(row))


@require_safe
@for_everybody
@limited_file
def xlsx_file(request: HttpRequest) -> FileResponse:
    """Give the result as a workbook; the first ``MOST_XLSX_ROWS`` rows of it."""
    rows = Result.of(request).map(row, 0, MOST_XLSX_ROWS)
    return xlsx_response(f"{NAME}.xlsx", gettext("The ASF list"), header(), rows)


def feature(entry: Entry) -> dict[str, Any]:
    """Return an entry as a GeoJSON feature (RFC 7946 § 3.2), longitude before latitude.

    An entry without a point of its own stands at its municipality's and says so.
    """
    place = municipality(entry.municipality.code) if entry.municipality else None
    own = entry.latitude is not None and entry.longitude is not None
    geometry = None
    if own:
        geometry = {"type": "Point", "coordinates": [entry.longitude, entry.latitude]}
    elif place:
        geometry = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return {
        "type": "Feature",
        "id": entry.slug,
        "geometry": geometry,
        "properties": entry.model_dump(mode="json") | {"point": "own" if own else "municipality"},
    }


@require_safe
@for_everybody
@limited_file
def geojson_file(request: HttpRequest) -> StreamingHttpResponse:
    """Give the result as a GeoJSON feature collection (RFC 7946), streamed."""
    result = Result.of(request)

    def parts() -> Iterator[str]:
        yield '{"type":"FeatureCollection","features":['
        for number, one in enumerate(result.map(feature)):
            yield f"{',' if number else ''}{json.dumps(one, ensure_ascii=False)}"
        yield "]}"

    response = StreamingHttpResponse(parts(), content_type="application/geo+json")
    response.headers["Content-Disposition"] = f'inline; filename="{NAME}.geojson"'
    return response
