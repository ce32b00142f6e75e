"""Events: the public form, organisers' and visitors' own pages, calendars and posters."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
