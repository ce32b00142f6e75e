"""The application's addresses."""

from django.urls import path

from asflist.applications import door_views, views
from core.addresses import localized

SV, EN = "anmal-ert-asf/", "list-your-enterprise/"


def at(sv: str = "", en: str = "") -> str:
    """Return the address under the application's own, in the active language."""
    return localized(sv=f"{SV}{sv}", en=f"{EN}{en}")


urlpatterns = [
    path(at(), door_views.application_start, name="application_start"),
    path(at("skickat/", "sent/"), door_views.application_sent, name="application_sent"),
    path(
        at("andring-skickad/", "change-sent/"),
        door_views.application_change_sent,
        name="application_change_sent",
    ),
    path(at("tack/", "thank-you/"), door_views.application_received, name="application_received"),
    path(at("lank/", "link/"), door_views.application_link, name="application_link"),
    path(
        at("bekrafta/<str:token>/", "confirm/<str:token>/"),
        door_views.application_confirm,
        name="application_confirm",
    ),
    path(
        at("<str:token>/file/<str:name>/", "<str:token>/file/<str:name>/"),
        views.application_picture,
        name="application_picture",
    ),
    path(
        at("<str:token>/<str:step>/", "<str:token>/<str:step>/"),
        views.application_step,
        name="application_step",
    ),
]
