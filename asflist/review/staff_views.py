"""Forms by which staff change an entry's state or its owners, for those who may publish entries."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from asflist import states
from asflist.menu import PUBLISH
from asflist.models import Enterprise, EnterpriseOwner
from asflist.owners import actions
from core.enums import ContentLanguage

EDIT = "wagtailsnippets_asflist_enterprise:edit"


class ReasonForm(forms.Form):
    """Why staff change the entry's state."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1500,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("It is mailed to the owners, and stays in the history."),
    )


class OwnerForm(forms.Form):
    """Who is to look after the entry."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-mail"), help_text=_("A link is mailed that confirms the address.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=ContentLanguage.choices)


class EntryView(PermissionRequiredMixin, WagtailAdminTemplateMixin, FormView):
    """A form about one entry in the source language."""

    permission_required = PUBLISH
    raise_exception = True
    template_name = "core/admin/form.html"
    header_icon = "group"
    form_class: type[forms.Form] = forms.Form
    intro: Any = ""
    submit_label: Any = ""
    done: Any = ""

    @cached_property
    def entry(self) -> Enterprise:
        """The entry that the address names."""
        entries = Enterprise.objects.in_source_language()
        return get_object_or_404(entries, pk=self.kwargs["pk"])

    @property
    def user(self) -> User:
        """Who acts: the permission above lets in nobody who is not logged in."""
        return cast("User", self.request.user)

    def get_page_subtitle(self) -> str:
        return self.entry.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.get_success_url(), "label": self.entry.name},
            {"url": "", "label": self.page_title, "sublabel": self.entry.name},
        ]

    def get_success_url(self) -> str:
        return f"{reverse(EDIT, args=[self.entry.pk])}#tab-review"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "intro": self.intro,
            "submit_label": self.submit_label,
        }

    def act(self, answers: dict[str, Any]) -> None:
        """Do it. Raises ``NotPossibleError`` and ``ValidationError`` for what cannot be done."""
        raise NotImplementedError

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.act(form.cleaned_data)
        except (states.NotPossibleError, ValidationError) as error:
            form.add_error(None, error if isinstance(error, ValidationError) else str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return super().form_valid(form)


class PauseView(EntryView):
    """Take the entry off the list for a while."""

    form_class = ReasonForm
    page_title = _("Pause the entry")
    intro = _("Visitors do not see it anywhere until it is put back.")
    submit_label = _("Pause the entry")
    done = _("The entry is paused, and the owners are told.")

    def act(self, answers: dict[str, Any]) -> None:
        states.pause(self.entry, self.user, answers["reason"])


class ResumeView(EntryView):
    """Put a paused entry back."""

    page_title = _("Put it back on the list")
    intro = _("Visitors see it again as it was. The owners are told.")
    submit_label = _("Put it back on the list")
    done = _("The entry is on the list again, and the owners are told.")

    def act(self, answers: dict[str, Any]) -> None:
        states.resume(self.entry, self.user)


class DeclineView(EntryView):
    """Say no to an application."""

    form_class = ReasonForm
    page_title = _("Decline")
    intro = _("The applicant hears why, and may apply again.")
    submit_label = _("Decline")
    done = _("The application is declined, and the applicant is told why.")

    def act(self, answers: dict[str, Any]) -> None:
        states.decline(self.entry, self.user, answers["reason"])


class WithdrawView(EntryView):
    """Take the entry off the list for good."""

    form_class = ReasonForm
    page_title = _("Take it off the list for good")
    intro = _("Nothing is deleted, and the enterprise may apply again.")
    submit_label = _("Take it off the list")
    done = _("The entry has left the list, and the owners are told.")

    def act(self, answers: dict[str, Any]) -> None:
        states.withdraw(self.entry, self.user, answers["reason"])


class AddOwnerView(EntryView):
    """Ask somebody to look after the entry."""

    form_class = OwnerForm
    page_title = _("Add an owner")
    submit_label = _("Send the invitation")
    done = _("An invitation is on its way.")

    def act(self, answers: dict[str, Any]) -> None:
        actions.invite(
            self.entry,
            answers["email"],
            self.user,
            language=answers["language"],
            name=answers["name"],
        )


class OneOwnerView(EntryView):
    """A form about one owner of the entry."""

    @cached_property
    def owner(self) -> EnterpriseOwner:
        """The owner that the address names, of this entry and no other."""
        owners = EnterpriseOwner.objects.select_related("enterprise")
        return get_object_or_404(owners, pk=self.kwargs["owner"], enterprise=self.entry)

    def get_page_subtitle(self) -> str:
        return f"{self.entry.name}: {self.owner.email}"


class RemoveOwnerView(OneOwnerView):
    """Let an owner go."""

    page_title = _("Remove the owner")
    intro = _("Every link and session of the owner stops working at once.")
    submit_label = _("Remove the owner")
    done = _("The owner is removed.")

    def act(self, answers: dict[str, Any]) -> None:
        actions.remove(self.owner, self.user)


class NewLinkView(OneOwnerView):
    """Shut the owner out and mail a new link."""

    page_title = _("Send a new link")
    intro = _("Every earlier link and session of the owner stops working. A new link is mailed.")
    submit_label = _("Send a new link")
    done = _("A new link is on its way.")

    def act(self, answers: dict[str, Any]) -> None:
        actions.send_new_link(self.owner, self.user)


class HandOverView(OneOwnerView):
    """Let somebody else look after the entry instead."""

    form_class = OwnerForm
    page_title = _("Hand over to somebody else")
    intro = _("The owner is removed at once, and the new one gets an invitation.")
    submit_label = _("Hand over")
    done = _("An invitation is on its way to the new owner.")

    def act(self, answers: dict[str, Any]) -> None:
        actions.replace_owner(
            self.owner,
            answers["email"],
            self.user,
            language=answers["language"],
            name=answers["name"],
        )


@hooks.register("register_admin_urls")
def entry_addresses() -> list[URLPattern]:
    """The views about one entry."""
    one = "enterprises/<int:pk>/"
    owner = f"{one}owners/<int:owner>/"
    return [
        path(f"{one}pause/", PauseView.as_view(), name="enterprise_pause"),
        path(f"{one}resume/", ResumeView.as_view(), name="enterprise_resume"),
        path(f"{one}decline/", DeclineView.as_view(), name="enterprise_decline"),
        path(f"{one}withdraw/", WithdrawView.as_view(), name="enterprise_withdraw"),
        path(f"{one}owners/add/", AddOwnerView.as_view(), name="enterprise_owner_add"),
        path(f"{owner}remove/", RemoveOwnerView.as_view(), name="enterprise_owner_remove"),
        path(f"{owner}link/", NewLinkView.as_view(), name="enterprise_owner_link"),
        path(f"{owner}hand-over/", HandOverView.as_view(), name="enterprise_owner_hand_over"),
    ]
