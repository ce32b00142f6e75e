"""The editor's form of a template: what a new file replaces is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

if TYPE_CHECKING:
    from library.models import TemplatePage


class TemplateForm(WagtailAdminPageForm):
    """A template with a new file keeps the one that readers have, with its version and its day.

    What readers have is what is published; before that, what the draft has.
    """

    keep_earlier = forms.BooleanField(
        label=_("Keep the present file when I choose another"),
        required=False,
        initial=True,
        help_text=_("It moves to the earlier versions, with its version and date."),
    )
    what_changed = forms.CharField(
        label=_("What is changed in the new file"),
        max_length=200,
        required=False,
        help_text=_("One sentence, only when you choose another file. Readers see it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page: TemplatePage = self.instance
        published = type(page).objects.filter(pk=page.pk, live=True).first() if page.pk else None
        present = published or page
        self.present = (present.document, present.version, present.updated_on)
        if page.document and page.document.warning and "document" in self.fields:
            self.fields["document"].help_text = page.document.warning

    @property
    def replaces(self) -> bool:
        """Whether another file has been chosen, and the present one is to be kept."""
        present = self.present[0]
        keep = self.cleaned_data.get("keep_earlier")
        chosen = self.cleaned_data.get("document")
        return bool(keep and present and chosen != present)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        version = cleaned.get("version")
        if self.replaces and cleaned.get("document") and version and version == self.present[1]:
            self.add_error(
                "version",
                _(
                    "The file that readers have now is version %(version)s. Give the new one a "
                    "version of its own, or do not keep the present file."
                )
                % {"version": version},
            )
        return cleaned

    def save(self, commit: bool = True) -> TemplatePage:
        page: TemplatePage = super().save(commit=commit)
        document, version, updated_on = self.present
        if self.replaces and document:
            page.keep_as_earlier(document, version, updated_on, self.cleaned_data["what_changed"])
            if commit:
                cast("Any", page.earlier_versions).commit()
        return page
