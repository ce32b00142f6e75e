"""The site's addresses: Swedish at ``/``, English at ``/en/``."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from asflist.open_data.api import api
from asflist.open_data.views import openapi
from core.guard import challenge
from core.media import serve_media
from core.views import healthz, readyz, serve
from home.sitemaps import sitemap
from home.views import robots
from library.books.views import short_address

urlpatterns = [
    path("healthz", healthz),
    path("readyz", readyz),
    path("challenge/", challenge, name="challenge"),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap),
    path("sitemap-<str:section>.xml", sitemap, name="sitemap_section"),
    path("api/v1/openapi.json", openapi, name="openapi"),
    path("api/v1/", api.urls),
    path("b/<slug:code>/", short_address, name="short_address"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path(f"{settings.MEDIA_URL.lstrip('/')}<path:name>", serve_media, name="media"),
    *i18n_patterns(
        path("", include("search.urls")),
        path("", include("campaigns.urls")),
        path("", include("asflist.urls")),
        path("", include("library.urls")),  # last: a book's files stand below any page
        *wagtail_urls.urlpatterns[:-1],  # all but Wagtail's own serve view, which ours stands for
        re_path(serve_pattern, serve, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]
handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"
