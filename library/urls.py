"""The library's addresses beside its pages'."""

from django.urls import re_path

from library import views

urlpatterns = [
    re_path(
        r"^(?P<path>(?:[\w\-]+/)+)(?P<kind>captions|chapters|descriptions)/(?P<language>[a-z]{2})\.vtt$",
        views.text_track,
        name="text_track",
    ),
]
