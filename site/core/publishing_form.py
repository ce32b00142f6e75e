"""The editor's form of pages that are public only when they lack nothing."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

if TYPE_CHECKING:
    from core.publishing import Lacking, PublishingGate

#: What Wagtail's editor posts when a page is published, and when a review is answered.
PUBLISHES = "action-publish"
REVIEWS = "action-workflow-action"
ANSWER = "workflow-action-name"


class GatedPageForm(WagtailAdminPageForm):
    """Says beside the fields, and at the top, what a page lacks that is to be published.

    Approval in a review counts as publication. What is only saved, or submitted for review, may
    lack anything.
    """

    @property
    def publishes(self) -> bool:
        """Whether the editor has asked to publish, or to schedule or approve, and may."""
        if self.is_deferred_validation:  # Wagtail's mark on what is saved as a draft
            return False
        approves = self.data.get(REVIEWS) and self.data.get(ANSWER) == "approve"
        return bool(self.data.get(PUBLISHES) or approves)

    def is_valid(self) -> bool:
        """Look at the whole page, child rows included, once each part is right by itself."""
        if not super().is_valid():
            return False
        page = self.as_it_would_be()
        self.take_over(page)
        if self.errors:
            return False
        if self.publishes and (lacking := page.lacking()):
            self.refuse(lacking)
            return False
        return True

    def as_it_would_be(self) -> PublishingGate:
        """Return the page as the form would save it; the form's own is not touched."""
        page: PublishingGate = copy(self.instance)
        # modelcluster keeps child rows here; the copy gets a place of its own for them.
        page._cluster_related_objects = dict(getattr(page, "_cluster_related_objects", {}))
        for name, formset in self.formsets.items():
            rows = [form for form in formset.forms if form not in formset.deleted_forms]
            # Rows are set past the manager, which would tie them to the copy.
            page._cluster_related_objects[name] = [
                form.instance for form in rows if form.has_changed() or form.instance.pk
            ]
        return page

    def take_over(self, page: PublishingGate) -> None:
        """Let a kind of page take what it makes of its child rows into its own fields."""

    def refuse(self, lacking: Lacking) -> None:
        """Put each thing that is lacking beside its field, and say at the top that it is."""
        for name, sentences in lacking.items():
            if name in self.formsets:
                self.formsets[name].non_form_errors().extend(
                    ValidationError(sentence) for sentence in sentences
                )
            else:
                field = name if name in self.fields else None
                self.add_error(field, [ValidationError(sentence) for sentence in sentences])
        # Wagtail's message at the top lists the fields' errors, and not those of child rows.
        top = [_("It can be saved as a draft, but not published: something is missing.")]
        top += [s for name in lacking if name in self.formsets for s in lacking[name]]
        self.add_error(NON_FIELD_ERRORS, [ValidationError(sentence) for sentence in top])
