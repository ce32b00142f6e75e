"""Merging two entries in the admin: choose, compare side by side, merge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.widgets import AdminSnippetChooser

from asflist.menu import ListKeepersMenuItem
from asflist.models import Enterprise
from asflist.register.merging import check, compare, merge
from asflist.states import NotPossibleError


class PairForm(forms.Form):
    """Which entry is kept, and which is merged into it."""

    kept = forms.ModelChoiceField(
        label=gettext_lazy("Keep"),
        queryset=Enterprise.objects.none(),
        widget=AdminSnippetChooser(Enterprise),
        help_text=gettext_lazy("The entry whose name, number and page stay."),
    )
    gone = forms.ModelChoiceField(
        label=gettext_lazy("Merge into it"),
        queryset=Enterprise.objects.none(),
        widget=AdminSnippetChooser(Enterprise),
        help_text=gettext_lazy("The entry that leaves the list. Its address leads to the other."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = Enterprise.objects.in_source_language().select_related("locale")

    def clean(self) -> dict[str, Any]:
        """Refuse a pair that cannot be merged."""
        answers = self.cleaned_data
        if "kept" in answers and "gone" in answers:
            try:
                check(answers["kept"], answers["gone"])
            except NotPossibleError as error:
                raise forms.ValidationError(str(error)) from error
        return answers


class MergeView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The choice (GET), the comparison (GET with both) and the merge (POST)."""

    template_name = "asflist/register/merge.html"
    page_title = gettext_lazy("Merge duplicates")
    header_icon = "resubmit"
    permission_policy = ModelPermissionPolicy(Enterprise)
    permission_required = "publish"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @cached_property
    def form(self) -> PairForm:
        """The form with what was chosen, in the address or in what was sent."""
        return PairForm((self.request.POST or self.request.GET) or None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | {"form": self.form}
        context["media"] = self.form.media
        if self.form.is_bound and self.form.is_valid():
            kept, gone = (self.form.cleaned_data[name] for name in ("kept", "gone"))
            context |= {"kept": kept, "gone": gone, "pairs": compare(kept, gone)}
        return context

    def post(self, request: HttpRequest) -> HttpResponse:
        """Merge what was compared, and go to the entry that is kept."""
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        kept, gone = (self.form.cleaned_data[name] for name in ("kept", "gone"))
        try:
            left = merge(kept, gone, request.user)  # type: ignore[arg-type]
        except NotPossibleError as error:
            messages.error(request, str(error))
            return redirect("register_merge:index")
        text = _("%(gone)s has been merged into %(kept)s.")
        messages.success(request, text % {"gone": gone.name, "kept": kept.name})
        if left:
            text = ngettext(
                "%(left)d thing stayed with the entry that left: there was one of the kind.",
                "%(left)d things stayed with the entry that left: there was one of each kind.",
                left,
            )
            messages.warning(request, text % {"left": left})
        return redirect(reverse("wagtailsnippets_asflist_enterprise:edit", args=[kept.pk]))


class MergeViewSet(ViewSet):
    """The merge's place in the admin."""

    name = "register_merge"
    icon = "resubmit"
    menu_label = gettext_lazy("Merge duplicates")
    menu_item_class = ListKeepersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", MergeView.as_view(), name="index")]
