"""The house's place in the admin."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import get_language
from wagtail import hooks
from wagtail.models import TranslatableMixin

from asflist.mentions import COUNTY_HOOK
from asflist.places import County
from asflist.regions.slugs import county_slug
from core.navigation import section_url
from home.access import may_change_in
from home.translations import UpdateTranslations


@hooks.register("register_admin_urls", order=-1)
def stand_in_for_the_view_that_updates_translations() -> list[URLPattern]:
    """Come before wagtail-localize's own view at the same address."""
    return [path("localize/update/<int:translation_source_id>/", UpdateTranslations.as_view())]


@hooks.register("before_edit_snippet")
def keep_translators_to_their_language(request: HttpRequest, instance: Model) -> None:
    """Let nobody who only translates change the text that is translated."""
    if isinstance(instance, TranslatableMixin) and not may_change_in(
        instance.locale.language_code, request.user, type(instance)
    ):
        raise PermissionDenied


@hooks.register(COUNTY_HOOK)
def tell_where_a_county_is(county: County, request: HttpRequest) -> str:
    """Lead to the county's page; no query of its own, the menu has asked."""
    base = section_url(request, "countyindexpage")
    return base and f"{base}{county_slug(county, get_language() or settings.LANGUAGE_CODE)}/"
