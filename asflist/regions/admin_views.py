"""The admin's grid of a survey round, and the round as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, View
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from asflist.models import SurveyRound
from asflist.regions.files import as_csv, as_xlsx, read_answers
from asflist.regions.grid import GridForm

LIST = "wagtailsnippets_asflist_surveyround:list"


class FileForm(forms.Form):
    """A file with a round's answers."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A CSV or XLSX file with the columns of the one that you can take here. Nothing is "
            "saved until you have looked at the answers and pressed the button below them."
        ),
    )


class RoundView(PermissionRequiredMixin, WagtailAdminTemplateMixin):
    """What is done with one round, for those who may change it."""

    permission_required = "asflist.change_surveyround"
    raise_exception = True
    kwargs: dict[str, Any]

    @cached_property
    def occasion(self) -> SurveyRound:
        """The round that the address names."""
        rounds = SurveyRound.objects.select_related("survey")
        return get_object_or_404(rounds, pk=self.kwargs["pk"])


class GridView(RoundView, FormView):
    """Fill in a round county by county, or read the answers from a file into the grid."""

    form_class = GridForm
    template_name = "asflist/regions/admin/grid.html"
    page_title = gettext_lazy("Answers")
    header_icon = "table"

    def get_page_subtitle(self) -> str:
        return str(self.occasion)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(LIST), "label": _("Survey rounds")},
            {"url": "", "label": self.page_title, "sublabel": str(self.occasion)},
        ]

    def get_form(self, form_class: Any = None) -> GridForm:
        data = self.request.POST if self.request.method == "POST" else None
        return GridForm(self.occasion, data)

    def get_success_url(self) -> str:
        return reverse("survey_answers", args=[self.occasion.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("file_form", FileForm())
        return super().get_context_data(**kwargs) | {"occasion": self.occasion}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "read-file" in request.POST:
            return self.read_file(request)
        return super().post(request, *args, **kwargs)

    def read_file(self, request: HttpRequest) -> HttpResponse:
        """Show the file's answers in the grid; nothing is saved yet."""
        file_form = FileForm(request.POST, request.FILES)
        if file_form.is_valid():
            try:
                answers = read_answers(file_form.cleaned_data["file"], self.occasion)
            except ValidationError as error:
                file_form.add_error("file", error)
            else:
                form = GridForm(self.occasion, answers)
                messages.info(request, _("Look at the answers, then save them."))
                return self.render_to_response(self.get_context_data(form=form))
        form = GridForm(self.occasion)
        return self.render_to_response(self.get_context_data(form=form, file_form=file_form))

    def form_valid(self, form: GridForm) -> HttpResponse:
        number = form.save()
        log(self.occasion, "wagtail.edit", user=self.request.user, data={"answers": number})
        messages.success(self.request, _("%(number)d answers are saved.") % {"number": number})
        return redirect(self.get_success_url())


class RoundFileView(RoundView, View):
    """The round as CSV or XLSX."""

    def get(self, request: HttpRequest, pk: int, suffix: str) -> HttpResponseBase:
        make = {"csv": as_csv, "xlsx": as_xlsx}.get(suffix)
        if make is None:
            raise Http404
        return make(self.occasion)


@hooks.register("register_admin_urls")
def survey_addresses() -> list[URLPattern]:
    """The views about one round."""
    return [
        path("survey-rounds/<int:pk>/answers/", GridView.as_view(), name="survey_answers"),
        path(
            "survey-rounds/<int:pk>/answers.<slug:suffix>",
            RoundFileView.as_view(),
            name="survey_file",
        ),
    ]
