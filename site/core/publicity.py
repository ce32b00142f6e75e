"""What may be seen by whom: a file is public while something public refers to it."""

from __future__ import annotations

from collections import defaultdict

from django.contrib.auth.models import AnonymousUser, User
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import DraftStateMixin, Page, ReferenceIndex
from wagtail.snippets.models import get_snippet_models

from core.models import BasePage


def is_public(file_object: Model) -> bool:
    """Whether a live, unrestricted page or a live snippet uses an image, document or film.

    A file that only drafts, embargoed pages or nobody uses is not public.
    """
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
    if issubclass(model, DraftStateMixin):
        return model._default_manager.filter(pk__in=ids, live=True).exists()
    return model in get_snippet_models()


def may_see_unpublished(user: User | AnonymousUser) -> bool:
    """Whether the user works in the admin, where drafts and unused files are seen."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")
