"""The editor's form for press pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from campaigns.enums import ChangeKind

#: What Wagtail's edit view posts when the editor takes the page back from review.
CANCELS = "action-cancel-workflow"


class PressPageForm(WagtailAdminPageForm):
    """Asks what kind of change is made to a page that has been public."""

    def clean(self) -> dict[str, Any]:
        """Ask for kind and note when the page is submitted or published, not when it is saved."""
        data: dict[str, Any] = super().clean()
        if not self.instance.first_published_at:
            return data | {"change_kind": "", "change_note": ""}
        # Wagtail defers what is required while a draft is saved (defer_required_fields).
        if self.is_deferred_validation or CANCELS in self.data:
            return data
        if "change_kind" not in self.fields or "change_kind" in self.errors:
            return data
        kind = data.get("change_kind")
        if not kind:
            self.add_error("change_kind", _("Say what kind of change this is."))
        elif kind != ChangeKind.MINOR and not (data.get("change_note") or "").strip():
            self.add_error("change_note", _("Say what has changed. Readers will see it."))
        return data
