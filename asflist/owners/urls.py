"""The addresses of the owners' own pages."""

from django.urls import path

from asflist.owners import people_views, views
from core.addresses import localized

urlpatterns = [
    path(localized(sv="mitt-asf/", en="my-enterprise/"), views.owner_link, name="owner_link"),
    path(
        localized(sv="mitt-asf/in/<str:token>/", en="my-enterprise/in/<str:token>/"),
        views.owner_login,
        name="owner_login",
    ),
    path(
        localized(sv="mitt-asf/sida/", en="my-enterprise/page/"),
        views.owner_page,
        name="owner_page",
    ),
    path(
        localized(sv="mitt-asf/byt/<int:pk>/", en="my-enterprise/switch/<int:pk>/"),
        views.owner_switch,
        name="owner_switch",
    ),
    path(
        localized(sv="mitt-asf/andra/", en="my-enterprise/change/"),
        views.owner_edit,
        name="owner_edit",
    ),
    path(
        localized(sv="mitt-asf/lamna/", en="my-enterprise/leave/"),
        views.owner_leave,
        name="owner_leave",
    ),
    path(
        localized(sv="mitt-asf/logga-ut/", en="my-enterprise/log-out/"),
        views.owner_log_out,
        name="owner_log_out",
    ),
    path(
        localized(sv="mitt-asf/bjud-in/", en="my-enterprise/invite/"),
        people_views.owner_invite,
        name="owner_invite",
    ),
    path(
        localized(sv="mitt-asf/ta-bort/<int:pk>/", en="my-enterprise/remove/<int:pk>/"),
        people_views.owner_remove,
        name="owner_remove",
    ),
]
