"""Certification in the admin: the steps, who is certified until when, and each enterprise's own."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView, TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import LocaleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import AdminDateInput
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail.snippets.widgets import SnippetListingButton

from asflist.certification.actions import certify, end_certificate, mark_step
from asflist.certification.plan import is_ready, progress_of
from asflist.menu import PUBLISH, ListKeepersMenuItem
from asflist.models import CertificationStep, Enterprise
from asflist.states import NotPossibleError
from core.dates import swedish_today


class StepForm(forms.Form):
    """The day that a step was done; empty where it is not."""

    done_on = forms.DateField(
        label=gettext_lazy("Done"), required=False, widget=AdminDateInput, initial=swedish_today
    )


class CertifyForm(forms.Form):
    """Until when, and why where a step is missing."""

    until = forms.DateField(
        label=gettext_lazy("Certified until"),
        widget=AdminDateInput,
        help_text=gettext_lazy("The last day the certificate is valid."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Only where a step is not done: why is it certified all the same?"),
    )


class EndForm(forms.Form):
    """Why a certificate ends."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1500, widget=forms.Textarea(attrs={"rows": 2})
    )


class CertificationStepViewSet(SnippetViewSet):
    """The steps of the plan."""

    model = CertificationStep
    icon = "list-ol"
    menu_label = gettext_lazy("Certification steps")
    list_display = ["title", "sort_order", LocaleColumn()]
    list_filter = ["locale"]


class CertificatesView(PermissionRequiredMixin, WagtailAdminTemplateMixin, ListView):
    """Who is certified until when, those that end soon first, then those on their way."""

    permission_required = PUBLISH
    raise_exception = True
    template_name = "asflist/certification/admin/list.html"
    page_title = gettext_lazy("Certificates")
    header_icon = "success"
    paginate_by = 50

    def get_queryset(self) -> Any:
        entries = Enterprise.objects.in_source_language()
        return (
            entries.annotate(steps_done=Count("certification_steps"))
            .exclude(certified_until=None, steps_done=0)
            .order_by(F("certified_until").asc(nulls_last=True), "sort_key", "pk")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        number = CertificationStep.objects.source().count()
        return super().get_context_data(**kwargs) | {
            "steps": number,
            "today": swedish_today(),
        }


class CertificationView(PermissionRequiredMixin, WagtailAdminTemplateMixin, TemplateView):
    """One enterprise: its steps, its certificate, and what was done."""

    permission_required = PUBLISH
    raise_exception = True
    template_name = "asflist/certification/admin/enterprise.html"
    page_title = gettext_lazy("Certification")
    header_icon = "success"

    @cached_property
    def enterprise(self) -> Enterprise:
        """The entry that the address names, in the source language."""
        return get_object_or_404(Enterprise.objects.in_source_language(), pk=self.kwargs["pk"])

    @property
    def user(self) -> User:
        """Who acts; the view lets nobody else in."""
        return cast("User", self.request.user)

    def get_page_subtitle(self) -> str:
        return self.enterprise.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("certificates:index"), "label": _("Certificates")},
            {"url": "", "label": self.page_title, "sublabel": self.enterprise.name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        progress = progress_of(self.enterprise)
        kwargs.setdefault("certify_form", CertifyForm())
        kwargs.setdefault("end_form", EndForm())
        kwargs.setdefault("wrong_step", None)
        return super().get_context_data(**kwargs) | {
            "enterprise": self.enterprise,
            "progress": progress,
            "ready": is_ready(progress),
            "today": swedish_today(),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = {"step": self.step, "certify": self.certify, "end": self.end}.get(
            request.POST.get("act", "")
        )
        wrong = act() if act else {}
        if wrong is None:
            return redirect("certification", self.enterprise.pk)
        return self.render_to_response(self.get_context_data(**wrong))

    def step(self) -> dict[str, Any] | None:
        """Mark a step; return what is wrong."""
        steps = CertificationStep.objects.source()
        chosen = self.request.POST.get("step", "")
        step = get_object_or_404(steps, pk=int(chosen) if chosen.isdecimal() else 0)
        form = StepForm(self.request.POST)
        if form.is_valid():
            undo = "undo" in self.request.POST
            day = None if undo else form.cleaned_data["done_on"] or swedish_today()
            try:
                mark_step(self.enterprise, step, self.user, done_on=day)
            except ValidationError as error:
                form.add_error("done_on", error)
            else:
                return None
        return {"wrong_step": step.pk, "step_form": form}

    def certify(self) -> dict[str, Any] | None:
        """Certify the enterprise; return what is wrong."""
        form = CertifyForm(self.request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                certify(self.enterprise, data["until"], self.user, reason=data["reason"])
            except (NotPossibleError, ValidationError) as error:
                add_error(form, error)
            else:
                messages.success(self.request, _("The enterprise is certified."))
                return None
        return {"certify_form": form}

    def end(self) -> dict[str, Any] | None:
        """End the certificate; return what is wrong."""
        form = EndForm(self.request.POST)
        if form.is_valid():
            try:
                end_certificate(self.enterprise, self.user, form.cleaned_data["reason"])
            except (NotPossibleError, ValidationError) as error:
                add_error(form, error)
            else:
                messages.success(self.request, _("The certificate has ended."))
                return None
        return {"end_form": form}


def add_error(form: forms.Form, error: NotPossibleError | ValidationError) -> None:
    """Show an action's error beside its field, or above the form."""
    form.add_error(None, error if isinstance(error, ValidationError) else str(error))


class CertificateViewSet(ViewSet):
    """The place of certificates in the admin."""

    name = "certificates"
    icon = "success"
    menu_label = gettext_lazy("Certificates")
    menu_item_class = ListKeepersMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", CertificatesView.as_view(), name="index")]


@hooks.register("register_admin_urls")
def certification_addresses() -> list[URLPattern]:
    """The view about one enterprise."""
    return [path("certification/<int:pk>/", CertificationView.as_view(), name="certification")]


@hooks.register("register_snippet_listing_buttons")
def lead_to_the_certification(snippet: Any, user: Any, next_url: str | None = None) -> Any:
    """Lead from the list of enterprises to each one's certification."""
    if not isinstance(snippet, Enterprise) or not user.has_perm(PUBLISH):
        return
    if snippet.language == settings.LANGUAGE_CODE:
        yield SnippetListingButton(
            _("Certification"),
            reverse("certification", args=[snippet.pk]),
            icon_name="success",
            priority=60,
        )
