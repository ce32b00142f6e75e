"""What staff do with one press page beside writing it: preview links, and the kind of a change."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets import AdminDateTimeInput

from campaigns.enums import ChangeKind
from campaigns.models import EmbargoLink, PressPage
from campaigns.press.embargo_links import is_out, link_url, preview_of

#: How long a preview link may work.
LONGEST = timedelta(days=30)
#: How long it works where the page has no moment yet.
USUAL = timedelta(days=7)


class EmbargoLinkForm(ModelForm):
    """Whom the link is for, and until when it works."""

    class Meta:
        model = EmbargoLink
        fields = ["recipient", "expires_at"]
        widgets = {"expires_at": AdminDateTimeInput}

    def clean_expires_at(self) -> datetime:
        """Let no link work for more than ``LONGEST``, nor end before it is made."""
        expires_at: datetime = self.cleaned_data["expires_at"]
        now = timezone.now()
        if expires_at <= now:
            raise forms.ValidationError(_("Choose a moment that is still to come."))
        if expires_at > now + LONGEST:
            raise forms.ValidationError(
                _("A link may work for %(days)d days at most.") % {"days": LONGEST.days}
            )
        return expires_at


class ChangeForm(forms.Form):
    """The kind of a change, for pages whose editor has no field for it."""

    change_kind = forms.ChoiceField(
        label=gettext_lazy("kind of change"), choices=ChangeKind.choices, widget=forms.RadioSelect
    )
    change_note = forms.CharField(
        label=gettext_lazy("what has changed"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "What readers should know of the change, in one or two sentences, "
            "in the language of the page."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the note of a change that readers are told of."""
        data: dict[str, Any] = super().clean() or {}
        kind = data.get("change_kind")
        if kind and kind != ChangeKind.MINOR and not data.get("change_note"):
            self.add_error("change_note", _("Say what has changed. Readers will see it."))
        return data


class PressPageView(WagtailAdminTemplateMixin, FormView):
    """A form about one press page."""

    template_name = "core/admin/form.html"
    header_icon = "doc-full"
    submit_label: Any = ""
    intro: Any = ""
    page: PressPage

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = get_object_or_404(PressPage, pk=kwargs["page_id"]).specific
        if not self.may(self.page.permissions_for_user(request.user)):
            raise PermissionDenied

    def may(self, permissions: Any) -> bool:
        """Whether a user with these permissions on the page may use the view."""
        return bool(permissions.can_publish())

    def get_page_subtitle(self) -> str:
        title: str = self.page.get_admin_display_title()
        return title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "intro": self.intro,
            "submit_label": self.submit_label,
        }


class EmbargoLinksView(PressPageView):
    """The preview links of a page, and a form for a new one."""

    template_name = "campaigns/admin/embargo_links.html"
    page_title = gettext_lazy("Embargo links")
    header_icon = "key"
    form_class = EmbargoLinkForm
    submit_label = gettext_lazy("Make the link")

    @property
    def intro(self) -> str:
        """What the links do, or that there is no need for any."""
        if is_out(self.page):
            return _("The page is public. Send its ordinary address.")
        return _(
            "With a link, a journalist reads the page before it is public and takes its pictures. "
            "The moment of the embargo stands at the top."
        )

    def get_form(self, form_class: Any = None) -> EmbargoLinkForm | None:
        """Return the form, or None when the page is public."""
        return None if is_out(self.page) else super().get_form(form_class)

    def get_initial(self) -> dict[str, Any]:
        now = timezone.now()
        moment = preview_of(self.page).moment
        wanted = moment if moment and moment > now else now + USUAL
        return {"expires_at": min(wanted, now + LONGEST)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_out(self.page):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: EmbargoLinkForm) -> HttpResponse:
        form.instance.page_id = self.page.pk
        form.instance.created_by = self.request.user
        form.save()
        messages.success(self.request, _("The link is made. Copy it and send it."))
        return redirect(self.request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        links = EmbargoLink.objects.filter(page=self.page.pk)
        links = links.select_related("created_by", "page__locale")
        return super().get_context_data(**kwargs) | {
            "links": [(link, link_url(link)) for link in links],
            "now": timezone.now(),
        }


@require_POST
def revoke_embargo_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a preview link lead nowhere from now on."""
    link = get_object_or_404(EmbargoLink.objects.select_related("page"), pk=pk)
    if not link.page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    EmbargoLink.objects.filter(pk=pk, revoked_at=None).update(revoked_at=timezone.now())
    messages.success(
        request, _("The link for “%(recipient)s” is revoked.") % {"recipient": link.recipient}
    )
    return redirect("press_embargo_links", link.page_id)


class ChangeView(PressPageView):
    """What kind of change is made to a page, where its editor has no field for it: a translation.

    The page's own fields hold it until the page is published.
    """

    page_title = gettext_lazy("What has changed")
    header_icon = "edit"
    form_class = ChangeForm
    submit_label = gettext_lazy("Save")
    intro = gettext_lazy("The page has been public. Say what kind of change you publish next.")

    def may(self, permissions: Any) -> bool:
        return bool(permissions.can_edit())

    def get_initial(self) -> dict[str, Any]:
        return {"change_kind": self.page.change_kind, "change_note": self.page.change_note}

    def form_valid(self, form: ChangeForm) -> HttpResponse:
        PressPage.objects.filter(pk=self.page.pk).update(
            change_kind=form.cleaned_data["change_kind"],
            change_note=form.cleaned_data["change_note"],
        )
        messages.success(self.request, _("Saved. It is told when the page is published."))
        return redirect("wagtailadmin_pages:edit", self.page.pk)
