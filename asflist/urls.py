"""The room's addresses that are not pages; editors choose the pages' own."""

from django.urls import URLPattern, URLResolver, include, path

from asflist.supplier_views import enterprise_share, enterprise_sheet

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("asflist.applications.urls")),
    path("", include("asflist.certification.owner_pages")),
    path("", include("asflist.owners.urls")),
    path("", include("asflist.reports.urls")),
    path("", include("asflist.statistics.files")),
    path("enterprises/<slug:slug>/sheet.pdf", enterprise_sheet, name="enterprise_sheet"),
    path("enterprises/<slug:slug>/share.png", enterprise_share, name="enterprise_share"),
    path("", include("asflist.freshness.urls")),
    path("", include("asflist.open_data.urls")),
    path("", include("asflist.enquiries.urls")),
    path("", include("asflist.saved_searches.urls")),
]
