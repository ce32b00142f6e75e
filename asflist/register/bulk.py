"""What staff do with several entries at once; everything is written down entry by entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar
from urllib.parse import urlsplit

from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext_lazy, ngettext
from wagtail import hooks
from wagtail.snippets.bulk_actions.snippet_bulk_action import SnippetBulkAction

from asflist import states
from asflist.filters import EnterpriseFilterSet
from asflist.freshness.asking import ask
from asflist.freshness.queue import QueueFilterSet, queue
from asflist.menu import PUBLISH
from asflist.models import Enterprise


class ReasonForm(forms.Form):
    """Why: it stands in the entry's history, and its owners hear of it."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The owners are told by mail. It also stays in the history."),
        max_length=1500,
        widget=forms.Textarea({"rows": 3}),
    )


class EntryBulkAction(SnippetBulkAction):
    """Something done with each chosen entry, for those who may publish entries.

    What cannot be done with an entry in its state leaves it as it was, and is told.
    """

    models: ClassVar[list[type[Enterprise]]] = [Enterprise]
    template_name = "asflist/register/bulk.html"
    #: A sentence about what will happen, the button, and what it is called in the message.
    intro: ClassVar[Any]
    button: ClassVar[Any]

    @classmethod
    def get_queryset(cls, model: type[Enterprise], object_ids: Iterable[Any]) -> list[Enterprise]:
        """Return the chosen enterprises' source entries, which have the state."""
        chosen = Enterprise.objects.filter(pk__in=list(object_ids))
        keys = chosen.values("translation_key")
        same = Enterprise.objects.filter(translation_key__in=keys).in_source_language()
        return list(same.order_by("sort_key", "pk"))

    def get_all_objects_in_listing_query(self, parent_id: Any) -> list[int]:
        """Return what the listing showed with its filters; nothing where it was searched.

        Wagtail's own takes every entry there is, whatever the filters said.
        """
        address = urlsplit(self.next_url)
        asked = QueryDict(address.query)
        if asked.get("q"):
            return []
        in_queue = "freshness" in address.path
        entries = queue() if in_queue else Enterprise.objects.in_source_language()
        filters = (QueueFilterSet if in_queue else EnterpriseFilterSet)(
            asked, queryset=entries, request=self.request
        )
        return list(filters.qs.order_by().values_list("pk", flat=True))

    def check_perm(self, obj: Enterprise) -> bool:
        user: User = self.request.user
        return user.has_perm(PUBLISH)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        more = {"intro": self.intro, "button": self.button, "title": self.display_name}
        return super().get_context_data(**kwargs) | more

    def act(self, enterprise: Enterprise, user: User, reason: str) -> bool:
        """Do it with one entry; False where its state does not allow it."""
        raise NotImplementedError

    @classmethod
    def execute_action(cls, objects: list[Enterprise], **kwargs: Any) -> tuple[int, int]:
        """Return how many it was done with, and how many it could not be done with."""
        action: EntryBulkAction = kwargs["self"]
        reason = action.cleaned_form.cleaned_data.get("reason", "")
        done = 0
        for enterprise in objects:
            try:
                done += action.act(enterprise, action.request.user, reason)
            except states.NotPossibleError:
                continue
        return done, len(objects) - done

    def get_success_message(self, number: int, left: int) -> str:
        """Say how many were changed, and how many were not."""
        if left:
            text = ngettext(
                "%(left)d entry was left as it was: its state did not allow it.",
                "%(left)d entries were left as they were: their state did not allow it.",
                left,
            )
            messages.warning(self.request, text % {"left": left})
        done = ngettext("Done with %(number)d entry.", "Done with %(number)d entries.", number)
        return done % {"number": number}


class AskAction(EntryBulkAction):
    """Ask the owners whether the entries are right."""

    display_name = gettext_lazy("Ask the owners")
    action_type = "ask"
    aria_label = gettext_lazy("Ask the owners of the chosen entries whether they are right")
    action_priority = 10
    intro = gettext_lazy(
        "The owners get a mail with three links: still right, change, leave the list. "
        "Entries that are not on the list, that have been asked already or that have no owner "
        "are left out."
    )
    button = gettext_lazy("Send the mails")

    def act(self, enterprise: Enterprise, user: User, reason: str) -> bool:
        return ask(enterprise, user) is not None


class PauseAction(EntryBulkAction):
    """Take entries off the list until they are put back."""

    display_name = gettext_lazy("Pause")
    action_type = "pause"
    aria_label = gettext_lazy("Pause the chosen entries")
    action_priority = 20
    form_class = ReasonForm
    intro = gettext_lazy("Visitors do not see the entries until you put them back.")
    button = gettext_lazy("Pause the entries")

    def act(self, enterprise: Enterprise, user: User, reason: str) -> bool:
        states.pause(enterprise, user, reason)
        return True


class ResumeAction(EntryBulkAction):
    """Put paused entries back on the list."""

    display_name = gettext_lazy("Put back")
    action_type = "resume"
    aria_label = gettext_lazy("Put the chosen entries back on the list")
    action_priority = 21
    intro = gettext_lazy("Paused entries are shown again, as they were.")
    button = gettext_lazy("Put the entries back")

    def act(self, enterprise: Enterprise, user: User, reason: str) -> bool:
        states.resume(enterprise, user)
        return True


class WithdrawAction(EntryBulkAction):
    """Take entries off the list for good."""

    display_name = gettext_lazy("Take off the list")
    action_type = "withdraw"
    aria_label = gettext_lazy("Take the chosen entries off the list")
    action_priority = 22
    classes: ClassVar[set[str]] = {"serious"}
    form_class = ReasonForm
    intro = gettext_lazy("The entries leave the list for good. The enterprises may apply again.")
    button = gettext_lazy("Take the entries off the list")

    def act(self, enterprise: Enterprise, user: User, reason: str) -> bool:
        states.withdraw(enterprise, user, reason)
        return True


for action in (AskAction, PauseAction, ResumeAction, WithdrawAction):
    hooks.register("register_bulk_action", action)
