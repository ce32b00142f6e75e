"""Where the search stands: /sok/ in Swedish, /en/search/ in English; robots.txt names both."""

from django.urls import path

from core.addresses import localized
from search.views import search_view

urlpatterns = [path(localized(sv="sok/", en="search/"), search_view, name="search")]
