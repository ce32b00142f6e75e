"""The library's addresses beside its pages'."""

from django.urls import path, re_path

from core.addresses import localized
from library import feedback_views, impact_views, views
from library.books.views import book_file

#: The address of a page, and the place of a chart on it.
PAGE = r"(?P<path>(?:[\w\-]+/)+)"
CHART = r"chart-(?P<number>[0-9]{1,3})"

urlpatterns = [
    path(
        localized(sv="tyck-till/<int:pk>/", en="feedback/<int:pk>/"),
        feedback_views.feedback,
        name="feedback",
    ),
    re_path(rf"^{PAGE}figures\.csv$", impact_views.report_csv, name="report_csv"),
    re_path(rf"^{PAGE}{CHART}\.svg$", impact_views.chart_svg, name="chart_svg"),
    re_path(rf"^{PAGE}{CHART}\.csv$", impact_views.chart_csv, name="chart_csv"),
    re_path(rf"^{PAGE}theory-of-change\.svg$", impact_views.theory_svg, name="theory_svg"),
    re_path(rf"^{PAGE}theory-of-change\.pdf$", impact_views.theory_pdf, name="theory_pdf"),
    re_path(
        r"^(?P<path>(?:[\w\-]+/)+)(?P<kind>captions|chapters|descriptions)/(?P<language>[a-z]{2})\.vtt$",
        views.text_track,
        name="text_track",
    ),
    re_path(
        rf"^{PAGE}(?P<name>[\w\-]+)\.(?P<kind>pdf|epub)$",
        book_file,
        name="book_file",
    ),
]
