"""The admin's form that makes the next edition of a handbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import Button
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import Page

from library.editions import may_make_edition, new_edition
from library.models import HandbookPage


class NewEditionForm(forms.Form):
    """What the new edition is called, and its address."""

    edition = forms.CharField(
        label=gettext_lazy("Edition"),
        max_length=HandbookPage._meta.get_field("edition").max_length,
        help_text=gettext_lazy("What it is called, for example “Third edition, 2027”."),
    )
    slug = forms.SlugField(
        label=gettext_lazy("Slug"),
        max_length=255,
        help_text=gettext_lazy(
            "The last part of its address. The earlier edition keeps its own, for ever."
        ),
        widget=SlugInput,
    )

    def __init__(self, *args: Any, handbook: HandbookPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.handbook = handbook

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if not Page._slug_is_available(slug, self.handbook.get_parent()):
            raise ValidationError(_("Another page has this address. Choose another."))
        return slug


class NewEditionView(WagtailAdminTemplateMixin, FormView):
    """Copies a book and its chapters as drafts, for those who may."""

    form_class = NewEditionForm
    template_name = "library/admin/new_edition.html"
    page_title = gettext_lazy("Make a new edition")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.handbook = get_object_or_404(HandbookPage, pk=kwargs["pk"])
        if not may_make_edition(self.handbook, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.handbook.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.handbook.pk])
        return [
            *self.breadcrumbs_items,
            {"url": edit, "label": self.handbook.get_admin_display_title()},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"handbook": self.handbook}

    def form_valid(self, form: NewEditionForm) -> HttpResponse:
        book = new_edition(self.handbook, self.request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(
            self.request,
            _(
                "The new edition has been made, as drafts. The earlier one stays as it is until "
                "you publish the new one, and tells its readers then."
            ),
        )
        return redirect("wagtailadmin_explore", book.pk)


@hooks.register("register_admin_urls")
def edition_urls() -> list[URLPattern]:
    """Give the form its address."""
    return [
        path("library/new-edition/<int:pk>/", NewEditionView.as_view(), name="library_new_edition")
    ]


@hooks.register("register_page_header_buttons")
def new_edition_button(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """Lead from a handbook to the form."""
    if page.specific_class is HandbookPage and may_make_edition(page, user):
        yield Button(
            _("Make a new edition"),
            reverse("library_new_edition", args=[page.pk]),
            icon_name="copy",
            priority=68,
        )
