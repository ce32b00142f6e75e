"""Keeping the industries in the admin: the two levels, and forms to merge, rename and move."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from asflist.models import Industry, IndustryQuerySet
from asflist.register.industries import merge, move, rename
from asflist.states import NotPossibleError
from asflist.text import sort_key

permission_policy = ModelPermissionPolicy(Industry)
TITLE = _("Merge, rename and move industries")


def in_tree() -> list[Industry]:
    """Return the source industries, each wide one before its parts, with their entries counted."""
    of_source = Q(enterprises__locale__language_code="sv")
    found = Industry.objects.source().annotate(
        number=Count("enterprises", filter=of_source, distinct=True)
    )
    names = {industry.pk: industry.name for industry in found}

    def place(industry: Industry) -> tuple[str, bool, str]:
        wide = names.get(industry.parent_id or industry.pk, industry.name)
        return sort_key(wide), industry.parent_id is not None, sort_key(industry.name)

    return sorted(found, key=place)


class IndustryPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page for those who may change and delete industries."""

    request: HttpRequest
    permission_policy = permission_policy
    permission_required = "delete"
    header_icon = "list-ul"


class IndustriesView(IndustryPage, TemplateView):
    """Every industry in its place, with what can be done."""

    template_name = "asflist/register/industries.html"
    page_title = TITLE

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"industries": in_tree()}


class OtherForm(forms.Form):
    """Another industry."""

    other = forms.ModelChoiceField(label=_("Into"), queryset=Industry.objects.none())

    def __init__(self, *args: Any, industry: Industry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["other"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = self.others().exclude(pk=industry.pk).order_by("name")

    def others(self) -> IndustryQuerySet:
        """Return the industries to choose from."""
        return Industry.objects.source()

    def do(self, industry: Industry, user: Any) -> int:
        """Merge, and count the entries touched."""
        return merge(self.cleaned_data["other"], industry, user)


class MoveForm(OtherForm):
    """The wide industry that this is a part of, or none."""

    other = forms.ModelChoiceField(
        label=_("Part of"),
        queryset=Industry.objects.none(),
        required=False,
        empty_label=_("Nothing: it is a wide industry"),
    )

    def others(self) -> IndustryQuerySet:
        return Industry.objects.source().filter(parent=None)

    def do(self, industry: Industry, user: Any) -> int:
        """Move, and count the entries touched."""
        return move(industry, self.cleaned_data["other"], user)


class RenameForm(forms.Form):
    """The new name."""

    name = forms.CharField(label=_("New name"), max_length=60)

    def __init__(self, *args: Any, industry: Industry, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"name": industry.name}} | kwargs)

    def do(self, industry: Industry, user: Any) -> int:
        """Rename, and count the entries touched."""
        return rename(industry, self.cleaned_data["name"], user)


class ChangeView(IndustryPage, FormView):
    """One change of one industry."""

    template_name = "asflist/register/industry_form.html"
    page_title: Any = ""
    intro: Any = ""
    button: Any = ""
    kwargs: dict[str, Any]

    @cached_property
    def industry(self) -> Industry:
        """The industry in the address, in the source language."""
        found = Industry.objects.source().select_related("locale", "parent")
        return get_object_or_404(found, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.industry.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("register_industries:index"), "label": TITLE},
            {"url": "", "label": self.page_title, "sublabel": self.industry.name},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"industry": self.industry}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"intro": self.intro, "button": self.button}
        return super().get_context_data(**kwargs) | more

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            number = form.do(self.industry, self.request.user)
        except NotPossibleError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        text = ngettext("Done. %(number)d entry.", "Done. %(number)d entries.", number)
        messages.success(self.request, text % {"number": number})
        return redirect("register_industries:index")


class MergeIndustryView(ChangeView):
    """Merge the industry into another."""

    form_class = OtherForm
    page_title = _("Merge the industry")
    intro = _(
        "All its entries move, and it is deleted. Its name is kept as another word for the "
        "industry that it is merged into, and its address goes on working."
    )
    button = _("Merge the industry")


class RenameIndustryView(ChangeView):
    """Give the industry another name."""

    form_class = RenameForm
    page_title = _("Rename the industry")
    intro = _("The address stays, and the industry is found by its old name too.")
    button = _("Rename the industry")


class MoveIndustryView(ChangeView):
    """Move the industry between the two levels."""

    form_class = MoveForm
    page_title = _("Move the industry")
    intro = _("Who chooses a wide industry finds the entries of its parts too.")
    button = _("Move the industry")


class IndustriesMenuItem(MenuItem):
    """A menu item for those who may delete industries."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(permission_policy.user_has_permission(request.user, "delete"))


class IndustriesViewSet(ViewSet):
    """The pages' place in the admin."""

    name = "register_industries"
    icon = "list-ul"
    menu_label = _("Tidy industries")
    menu_item_class = IndustriesMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", IndustriesView.as_view(), name="index"),
            path("<int:pk>/merge/", MergeIndustryView.as_view(), name="merge"),
            path("<int:pk>/rename/", RenameIndustryView.as_view(), name="rename"),
            path("<int:pk>/move/", MoveIndustryView.as_view(), name="move"),
        ]
