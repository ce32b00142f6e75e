"""The import in the admin: upload, look at the dry run, import, and take home what was left out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from asflist.enums import ImportAs, RowFate
from asflist.menu import PUBLISH
from asflist.models import Enterprise, RegisterImport
from asflist.register.columns import COLUMNS
from asflist.register.importing import go_on, upload
from asflist.register.plan import unknown_headings
from asflist.register.table import ENDINGS, MAX_BYTES, read_table
from core.spreadsheets import streamed_csv
from core.uploads import suffix_of

PER_PAGE = 100
permission_policy = ModelPermissionPolicy(Enterprise)
#: An import makes entries and changes them.
NEEDED = "add"


class UploadForm(forms.Form):
    """The file, and what becomes of entries that are not on the list."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "CSV or XLSX, at most 10,000 rows and 10 MB. The headings stand in the first row."
        ),
        widget=forms.FileInput({"accept": ".csv,.xlsx"}),
    )
    new_entries = forms.ChoiceField(
        label=gettext_lazy("New entries become"),
        widget=forms.RadioSelect,
        choices=ImportAs.choices,
        initial=ImportAs.SUBMITTED,
    )

    def __init__(self, *args: Any, may_publish: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["new_entries"]
        if not may_publish and isinstance(field, forms.ChoiceField):
            field.choices = [c for c in ImportAs.choices if c[0] != ImportAs.APPROVED]

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large, and what is no table by its name."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise ValidationError(_("The file is too large. It may be 10 MB at most."))
        if suffix_of(file) not in ENDINGS:
            raise ValidationError(_("Choose a file whose name ends in .csv or .xlsx."))
        return file


class ImportPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page of the import, for those who may add entries."""

    request: HttpRequest
    permission_policy = permission_policy
    permission_required = NEEDED
    page_title = gettext_lazy("Import entries")
    header_icon = "upload"


class UploadView(ImportPage, FormView):
    """Take a file, and do its dry run."""

    template_name = "asflist/register/import_upload.html"
    form_class = UploadForm

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_form_kwargs(self) -> dict[str, Any]:
        may_publish = self.request.user.has_perm(PUBLISH)
        return super().get_form_kwargs() | {"may_publish": may_publish}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"columns": COLUMNS}

    def form_valid(self, form: UploadForm) -> HttpResponse:
        file = form.cleaned_data["file"]
        choice = ImportAs(form.cleaned_data["new_entries"])
        content = file.read()
        try:
            table = read_table(content, suffix_of(file))
            kept = upload(self.request.user, file.name, content, table, choice)  # type: ignore[arg-type]
        except ValidationError as error:
            form.add_error("file", error)
            return self.form_invalid(form)
        if unknown := unknown_headings(table):
            names = ", ".join(unknown)[:500]
            text = _("These columns are not known, and are passed over: %(names)s.")
            messages.warning(self.request, text % {"names": names})
        return redirect("register_import:dry_run", kept.uid)


class KeptImport(ImportPage):
    """A page about one upload, which nobody but its user sees."""

    kwargs: dict[str, Any]

    @cached_property
    def upload(self) -> RegisterImport:
        """The upload in the address."""
        mine = RegisterImport.objects.filter(user=self.request.user.pk)
        return get_object_or_404(mine.defer("content"), uid=self.kwargs["uid"])


class DryRunView(KeptImport, TemplateView):
    """What becomes of each row, and the button that imports; afterwards, what was done."""

    template_name = "asflist/register/import_dry_run.html"

    def get_page_subtitle(self) -> str:
        return self.upload.file_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("register_import:index"), "label": self.page_title},
            {"url": "", "label": self.upload.file_name},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = self.upload
        chosen = self.request.GET.get("fate", "")
        fates = [row for row in kept.fates if chosen in ("", row[1])]
        counted = kept.done if kept.finished_at else kept.figures
        page = Paginator(fates, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(**kwargs) | {
            "kept": kept,
            "figures": [(fate, counted.get(fate.value, 0)) for fate in RowFate],
            "chosen": chosen,
            "page": page,
            "rows": [make_row(row) for row in page],
            "total": len(kept.fates),
            "to_do": kept.figures.get(RowFate.NEW, 0) + kept.figures.get(RowFate.CHANGED, 0),
            "new_entries": ImportAs(kept.new_entries).label,
            "broken": counted.get(RowFate.BROKEN, 0),
            "may_be_drafts": kept.new_entries != ImportAs.DRAFT,
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Import what is right, as far as the time goes."""
        if not self.upload.finished_at:
            go_on(self.upload)
        return redirect("register_import:dry_run", self.upload.uid)


def make_row(row: list[Any]) -> dict[str, Any]:
    """Return one of ``RegisterImport.fates`` for the template."""
    number, fate, name, org_number, details, *_cells = row
    return {
        "number": number,
        "fate": RowFate(fate),
        "name": name,
        "organisation_number": org_number,
        "errors": details if fate == RowFate.BROKEN else [],
        "changes": details if fate != RowFate.BROKEN else [],
    }


class BrokenRowsView(KeptImport, View):
    """The rows that were left out, as they came, with the reasons in the last column."""

    def get(self, request: HttpRequest, **kwargs: Any) -> StreamingHttpResponse:
        broken = [row for row in self.upload.fates if row[1] == RowFate.BROKEN]
        header = broken[0][5] if broken else []
        rows = ([*row[6], reasons(row[4])] for row in broken)
        return streamed_csv("rader-att-ratta.csv", [*header, _("What is wrong")], rows)


def reasons(errors: list[list[str]]) -> str:
    """Return the errors of a row as one line."""
    return " ".join(f"{heading}: {text}" if heading else text for heading, text in errors)


class ImportMenuItem(MenuItem):
    """A menu item for those who may add entries."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(permission_policy.user_has_permission(request.user, NEEDED))


class ImportViewSet(ViewSet):
    """The import's place in the admin."""

    name = "register_import"
    icon = "upload"
    menu_label = gettext_lazy("Import")
    menu_item_class = ImportMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", UploadView.as_view(), name="index"),
            path("<uuid:uid>/", DryRunView.as_view(), name="dry_run"),
            path("<uuid:uid>/broken.csv", BrokenRowsView.as_view(), name="broken"),
        ]
