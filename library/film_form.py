"""The editor's form for films: text tracks as pasted text or as files, and the transcript."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

from core.publishing import PublishingGate
from core.publishing_form import GatedPageForm
from library.captions import check_vtt, digest, normalise, read_upload
from library.transcripts import built_from

#: What browsers send of a ticked box that has no value of its own.
TICKED = "on"


class TracksPanel(InlinePanel):
    """Rows of text tracks, each with a form of ours: Wagtail takes none from the rows' model."""

    def __init__(self, *args: Any, form_class: type[TrackForm], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form_class = form_class

    def clone_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().clone_kwargs()
        return kwargs | {"form_class": self.form_class}

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][self.relation_name] |= {
            "form": self.form_class,
            "inherit_kwargs": ["for_user"],
        }
        return options


class TrackForm(WagtailAdminModelForm):
    """A text track: what is uploaded stands in the place of what was pasted."""

    data: Any  # the form's own, as posted

    upload = forms.FileField(
        label=gettext_lazy("or upload a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".vtt,text/vtt"}),
        help_text=gettext_lazy("A WebVTT file (.vtt), 1 MB at most. It replaces the text above."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False
        self.was_uploaded = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if "upload" in self.errors:
            return data
        if data.get("upload"):
            self.take_upload(data)
        elif data.get("text"):
            data["text"] = normalise(data["text"])
        elif "text" not in self.errors:
            self.add_error("text", _("Paste the text, or upload a file."))
        return data

    def take_upload(self, data: dict[str, Any]) -> None:
        """Put the uploaded text in the place of the pasted, in the form that is shown as well.

        Browsers forget a chosen file when a form comes back with an error somewhere else.
        """
        try:
            text = read_upload(data["upload"])
            check_vtt(text)
        except ValidationError as error:
            self.add_error("upload", error)
            return
        data["text"] = text
        self.was_uploaded = True
        self.show_instead("text", text)

    def show_instead(self, name: str, value: str | None) -> None:
        """Let the field show ``value`` (None: nothing) if the form is shown again."""
        self.data = self.data.copy()
        self.data.pop(self.add_prefix(name), None)
        if value is not None:
            self.data[self.add_prefix(name)] = value

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """Add what Wagtail's own saving in the background has made of an upload."""
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        if self.was_uploaded:
            updates.append((self.add_prefix("text"), self.instance.text))
            updates.append((self.add_prefix("upload"), ""))
        return updates


class ConfirmationInput(forms.CheckboxInput):
    """A box whose value says which words were confirmed when it was shown ticked."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, check_test=bool)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return str(data.get(name, ""))


class CaptionsForm(TrackForm):
    """Captions, and a person's word for them, which holds for these words only."""

    confirmed = forms.CharField(required=False, widget=ConfirmationInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        box, field = self.fields["confirmed"], row._meta.get_field("confirmed")
        box.label, box.help_text = field.verbose_name, field.help_text
        self.initial["confirmed"] = digest(row.text) if row.is_confirmed else ""
        if row.is_confirmed and row.confirmed_by and row.confirmed_at:
            box.help_text = _("Checked by %(name)s on %(day)s. %(help)s") % {
                "name": row.confirmed_by.get_full_name() or row.confirmed_by.get_username(),
                "day": date_format(row.confirmed_at, "j F Y"),
                "help": field.help_text,
            }

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        words = digest(data.get("text") or "")
        value = data.get("confirmed") or ""
        # A box that was shown ticked, for other words, says nothing of these.
        data["confirmed"] = value in (TICKED, words)
        if value and not data["confirmed"]:
            self.show_instead("confirmed", None)
        return data

    def _post_clean(self) -> None:
        before = self.instance.confirmed_digest if self.instance.is_confirmed else ""
        super()._post_clean()
        if not self.instance.confirmed:
            self.instance.withdraw()
        elif before != digest(self.instance.text):
            self.instance.confirm(self.for_user)

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        updates = super().get_field_updates_for_resave()
        if self.instance.confirmed:
            updates.append((self.add_prefix("confirmed"), self.instance.confirmed_digest))
        return updates


class FilmPageForm(GatedPageForm):
    """The form for films: the transcript is built from the captions where nobody has written it."""

    rebuild_transcript = forms.BooleanField(
        label=gettext_lazy("Build the transcript anew from the captions"),
        required=False,
        help_text=gettext_lazy("What stands in the transcript now is lost."),
    )

    def take_over(self, page: PublishingGate) -> None:
        """Take the length from the file, and the transcript from the captions if so asked."""
        self.built = False
        before = page.transcript
        if self.cleaned_data.get("rebuild_transcript"):
            self.rebuild(page)
        page.fill_in()
        self.built = page.transcript != before
        self.instance.transcript, self.instance.duration = page.transcript, page.duration

    def rebuild(self, page: Any) -> None:
        """Build the transcript anew, never over what has just been written in it."""
        captions = page.own_captions
        if captions is None:
            self.add_error(
                "rebuild_transcript",
                _("There are no captions in the language of the page to build it from."),
            )
        elif "transcript" in self.changed_data and page.transcript.strip():
            self.add_error(
                "rebuild_transcript",
                _("You have also changed the transcript. Do one of the two."),
            )
        else:
            page.transcript = built_from(captions.text)

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        updates: list[tuple[str, str]] = super().get_field_updates_for_resave()
        if self.built:
            updates.append(("transcript", self.instance.transcript))
        return updates
