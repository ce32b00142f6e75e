"""The foundation's place in the admin."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.images.permissions import permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.consent_report import ConsentPanel, ConsentReportView
from core.links import LocalizedPageLinkHandler
from core.models import CustomDocument, OrganisationSettings, Theme
from core.models.images import CustomImageQuerySet
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


@hooks.register("register_admin_urls")
def register_consent_report_urls() -> list[URLPattern]:
    return [
        path("reports/consents/", ConsentReportView.as_view(), name="consent_report"),
        path(
            "reports/consents/results/",
            ConsentReportView.as_view(results_only=True),
            name="consent_report_results",
        ),
    ]


class ConsentReportMenuItem(MenuItem):
    """The report, for those who may change pictures."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(permission_policy.user_has_permission(request.user, "change"))


@hooks.register("register_reports_menu_item")
def register_consent_report_menu_item() -> MenuItem:
    return ConsentReportMenuItem(
        ConsentReportView.page_title,
        reverse("consent_report"),
        name="consents",
        icon_name="image",
        order=1200,
    )


@hooks.register("construct_homepage_panels")
def show_consents_that_end(request: HttpRequest, panels: list[Component]) -> None:
    """Tell those who may change pictures; others have none to look after."""
    panels.append(ConsentPanel())


@hooks.register("construct_image_chooser_queryset")
def offer_no_pictures_without_consent(
    images: CustomImageQuerySet, request: HttpRequest
) -> CustomImageQuerySet:
    """A picture that would not be shown is not there to choose."""
    return images.usable()


@hooks.register("before_serve_document")
def refuse_documents_that_are_not_public(document: CustomDocument, request: HttpRequest) -> None:
    """A document is there for visitors while something public leads to it (404 otherwise)."""
    if not is_public(document) and not may_see_unpublished(request):
        raise Http404
