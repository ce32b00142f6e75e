"""The foundation's place in the admin."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.images.permissions import permission_policy
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from core.consent_report import ConsentPanel, ConsentReportView, PageConsentReportView
from core.links import LocalizedPageLinkHandler
from core.models import BasePage, CustomDocument, OrganisationSettings, Theme
from core.models.images import CustomImageQuerySet
from core.publicity import is_public, may_see_unpublished
from core.readability import EASY, HARD, lix


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


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_a_text_that_is_hard_to_read(request: HttpRequest, page: Page) -> None:
    """Tell the editor whose text, as it was just saved, has a LIX of 45 or more."""
    saved = page.get_latest_revision_as_object()
    index = lix(saved.get_readable_text()) if isinstance(saved, BasePage) else None
    if index is not None and index >= HARD:
        messages.warning(
            request,
            _(
                "“%(title)s” is hard to read: LIX %(index)d. Under %(easy)d is good. "
                "Shorten sentences and change long words."
            )
            % {"title": page.get_admin_display_title(), "index": index, "easy": EASY},
        )


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
        path(
            "reports/consents/pages/",
            PageConsentReportView.as_view(),
            name="page_consent_report",
        ),
        path(
            "reports/consents/pages/results/",
            PageConsentReportView.as_view(results_only=True),
            name="page_consent_report_results",
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


class PageConsentReportMenuItem(MenuItem):
    """The report, for those who may change pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, ["change"]))


@hooks.register("register_reports_menu_item")
def register_page_consent_report_menu_item() -> MenuItem:
    return PageConsentReportMenuItem(
        PageConsentReportView.page_title,
        reverse("page_consent_report"),
        name="page_consents",
        icon_name="group",
        order=1190,
    )


@hooks.register("construct_homepage_panels")
def show_consents_that_end(request: HttpRequest, panels: list[Component]) -> None:
    """Tell those who may change pictures or pages; others have none to look after."""
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
