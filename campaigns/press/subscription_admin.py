"""How many subscribe to press news; never who. An address is deleted when its owner asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from asflist.places import county
from campaigns.enums import PressKind
from campaigns.models import PressSubscription
from campaigns.press.subscriptions import end_all
from core.enums import ContentLanguage

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

permission_policy = ModelPermissionPolicy(PressSubscription)


@dataclass(frozen=True)
class SubscriptionRow:
    """How many have confirmed a subscription to this, and how many have not yet."""

    kind: StrOrPromise
    county: StrOrPromise
    language: StrOrPromise
    confirmed: int
    waiting: int


def subscription_rows() -> list[SubscriptionRow]:
    """Count the subscriptions by kind, county and language; one query."""
    rows = (
        PressSubscription.objects.order_by("kind", "county_code", "language")
        .values_list("kind", "county_code", "language")
        .annotate(
            confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)),
            waiting=Count("pk", filter=Q(confirmed_at=None)),
        )
    )
    return [
        SubscriptionRow(
            PressKind(kind).label if kind else _("All news for the press"),
            place.name if (place := county(code)) else _("All counties"),
            ContentLanguage(language).label,
            *numbers,
        )
        for kind, code, language, *numbers in rows
    ]


class AddressForm(forms.Form):
    """The address whose owner has asked to have it deleted."""

    email = forms.EmailField(
        label=_("E-mail address to delete"),
        help_text=_("Write the whole address. All its subscriptions are deleted at once."),
    )


class SubscriptionNumbers(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The subscriptions as numbers, and for those who may delete them a field for an address."""

    template_name = "campaigns/admin/subscriptions.html"
    page_title = _("Mail subscriptions")
    header_icon = "mail"
    permission_policy = permission_policy
    any_permission_required = ("view", "delete")

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": str(self.page_title)}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_delete = permission_policy.user_has_permission(self.request.user, "delete")
        return {
            "rows": subscription_rows(),
            "form": AddressForm() if may_delete else None,
            **super().get_context_data(**kwargs),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """Delete all that is kept of the address, and say how much that was."""
        if not permission_policy.user_has_permission(request.user, "delete"):
            raise PermissionDenied
        form = AddressForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        number = end_all(form.cleaned_data["email"])
        messages.success(
            request,
            ngettext(
                "%(number)d subscription was deleted.",
                "%(number)d subscriptions were deleted.",
                number,
            )
            % {"number": number},
        )
        return redirect("press_subscriptions:index")


class SubscriptionsMenuItem(MenuItem):
    """A menu item for those who may see the numbers."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permission_policy.user_has_any_permission(request.user, ("view", "delete"))


class PressSubscriptionViewSet(ViewSet):
    """Those who get press news by mail, as numbers."""

    name = "press_subscriptions"
    icon = "mail"
    menu_label = _("Mail subscriptions")
    menu_item_class = SubscriptionsMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", self.construct_view(SubscriptionNumbers), name="index")]

    @property
    def menu_url(self) -> str:
        return reverse("press_subscriptions:index")
