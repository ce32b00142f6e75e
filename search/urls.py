"""Where the search stands: /sok/ in Swedish, /en/search/ in English.

The words are not left to the message catalogue: an address must not depend on whether it has been
compiled, and robots.txt names both.
"""

from django.conf import settings
from django.urls import path
from django.utils.functional import lazy
from django.utils.translation import get_language

from search.views import search_view

PATHS = {"sv": "sok/", "en": "search/"}


def search_path() -> str:
    """Return the path in the active language, without the language's prefix."""
    return PATHS[get_language() or settings.LANGUAGE_CODE]


urlpatterns = [path(lazy(search_path, str)(), search_view, name="search")]
