"""The foundation's place in the admin."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.links import LocalizedPageLinkHandler
from core.models import CustomDocument, OrganisationSettings, Theme
from core.publicity import is_public, may_see_unpublished


class ThemeViewSet(SnippetViewSet):
    model = Theme
    icon = "tag"
    list_display = ["name", "slug", "sort_order"]


class OrganisationSettingsViewSet(SnippetViewSet):
    model = OrganisationSettings
    icon = "home"


class FoundationGroup(SnippetViewSetGroup):
    """What every page draws on: development areas and the footer."""

    menu_label = _("The site")
    menu_icon = "cogs"
    menu_order = 900
    items = (ThemeViewSet, OrganisationSettingsViewSet)


register_snippet(FoundationGroup)


@hooks.register("register_rich_text_features", order=100)
def link_pages_in_the_readers_language(features: FeatureRegistry) -> None:
    """Stand in for Wagtail's handler of links to pages."""
    features.register_link_type(LocalizedPageLinkHandler)


@hooks.register("before_serve_document")
def refuse_documents_that_are_not_public(document: CustomDocument, request: HttpRequest) -> None:
    """A document is there for visitors while something public leads to it (404 otherwise)."""
    if not is_public(document) and not may_see_unpublished(request):
        raise Http404
