"""Open data: the page about it, files of any result, and the widget."""

from django.urls import path

from asflist.open_data import exports, views, widget
from core.addresses import localized

urlpatterns = [
    path(localized(sv="oppna-data/", en="open-data/"), views.about, name="open_data"),
    path(
        localized(sv="oppna-data/asf-listan.csv", en="open-data/asf-list.csv"),
        exports.csv_file,
        name="list_csv",
    ),
    path(
        localized(sv="oppna-data/asf-listan.xlsx", en="open-data/asf-list.xlsx"),
        exports.xlsx_file,
        name="list_xlsx",
    ),
    path(
        localized(sv="oppna-data/asf-listan.geojson", en="open-data/asf-list.geojson"),
        exports.geojson_file,
        name="list_geojson",
    ),
    path("widget/", widget.widget, name="list_widget"),
]
