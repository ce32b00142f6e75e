"""The addresses of the owners' yearly reports."""

from django.urls import path

from asflist.reports import views
from core.addresses import localized

urlpatterns = [
    path(
        localized(sv="mitt-asf/rapport/", en="my-enterprise/report/"),
        views.owner_reports,
        name="owner_reports",
    ),
    path(
        localized(
            sv="mitt-asf/rapport/lank/<str:token>/", en="my-enterprise/report/link/<str:token>/"
        ),
        views.report_link,
        name="report_link",
    ),
    path(
        localized(sv="mitt-asf/rapport/<int:year>/", en="my-enterprise/report/<int:year>/"),
        views.owner_report,
        name="owner_report",
    ),
    path(
        localized(
            sv="mitt-asf/rapport/<int:year>/ratta/", en="my-enterprise/report/<int:year>/correct/"
        ),
        views.owner_report_correct,
        name="owner_report_correct",
    ),
]
