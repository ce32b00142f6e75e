"""The house's place in the admin."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import TranslatableMixin

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
