"""What may be seen by whom: a file is public while something public refers to it."""

from __future__ import annotations

from collections import defaultdict

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest
from wagtail.models import DraftStateMixin, Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from core.models import BasePage, CustomImage


def is_public(file_object: Model) -> bool:
    """Whether a live, unrestricted page or a live snippet uses an image, document or film.

    A file that only drafts, embargoed pages or nobody uses is not public, nor is an image whose
    consent has ended.
    """
    if isinstance(file_object, CustomImage) and file_object.is_expired:
        return False
    users = defaultdict(list)
    for type_id, object_id in ReferenceIndex.get_references_to(file_object).values_list(
        "base_content_type", "object_id"
    ):
        users[type_id].append(object_id)
    return any(
        any_public(ContentType.objects.get_for_id(type_id).model_class(), ids)
        for type_id, ids in users.items()
    )


def any_public(model: type[Model] | None, ids: list[str]) -> bool:
    """Whether any of ``model``'s objects with these ids is open to everybody."""
    if model is None:
        return False
    if issubclass(model, Page):
        return BasePage.objects.live().public().filter(pk__in=ids).exists()
    rows = model._default_manager.filter(pk__in=ids)
    if issubclass(model, DraftStateMixin):
        rows = rows.filter(live=True)
    # Some know more of what visitors see than that: a translation goes with its source.
    if published := getattr(rows, "published", None):
        return bool(published().exists())
    if issubclass(model, DraftStateMixin):
        return rows.exists()
    return model in get_snippet_models()


def may_see_unpublished(request: HttpRequest) -> bool:
    """Whether the reader works in the admin, where drafts and unused files are seen.

    Asking who the reader is makes the answer vary by cookie: only one with a session is asked.
    """
    return (
        settings.SESSION_COOKIE_NAME in request.COOKIES
        and request.user.is_authenticated
        and request.user.has_perm("wagtailadmin.access_admin")
    )
