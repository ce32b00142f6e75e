"""The library's addresses beside its pages'."""

from django.urls import re_path

from library import views

urlpatterns = [
    re_path(
        r"^(?P<path>(?:[\w\-]+/)+)captions/(?P<language>[a-z]{2})\.vtt$",
        views.captions,
        name="captions",
    ),
]
