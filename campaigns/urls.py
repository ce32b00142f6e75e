"""The room's addresses that are not pages; editors choose the pages' own."""

from django.urls import include, path

urlpatterns = [
    path("", include("campaigns.events.urls")),
    path("", include("campaigns.press.urls")),
]
