"""What staff do with one event beside editing it: cancel it, and see to its organiser."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.mixins import PermissionRequiredMixin
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from campaigns.events.actions import cancel_event, change_organiser, may_cancel
from campaigns.events.organiser_forms import CancelForm
from campaigns.models import Booking, Event, EventOrganiser

EDIT = "wagtailsnippets_campaigns_event:edit"


class OrganiserForm(ModelForm):
    """Who answers for an event."""

    class Meta:
        model = EventOrganiser
        fields = ["name", "email", "phone", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


class EventView(PermissionRequiredMixin, WagtailAdminTemplateMixin, FormView):
    """A form about one event, for those who may approve it."""

    permission_required = "campaigns.publish_event"
    raise_exception = True
    template_name = "core/admin/form.html"
    header_icon = "date"
    intro: Any = ""
    submit_label: Any = ""
    done: Any = ""

    @cached_property
    def event(self) -> Event:
        """The event that the address names."""
        return get_object_or_404(Event, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.event.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": self.get_success_url(), "label": self.event.title},
            {"url": "", "label": self.page_title, "sublabel": self.event.title},
        ]

    def get_success_url(self) -> str:
        return reverse(EDIT, args=[self.event.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "intro": self.intro,
            "submit_label": self.submit_label,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, self.done)
        return super().form_valid(form)


class CancelEventView(EventView):
    """Cancel an event in its organiser's stead."""

    form_class = CancelForm
    page_title = gettext_lazy("Cancel the event")
    intro = gettext_lazy(
        "It stays on the site, marked as cancelled. Everyone who has booked is told by mail."
    )
    submit_label = gettext_lazy("Cancel the event")
    done = gettext_lazy("The event is cancelled.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.has_permission() and not may_cancel(self.event):
            messages.warning(request, _("It is cancelled already, or it is over."))
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: CancelForm) -> HttpResponse:
        cancel_event(self.event, form.cleaned_data["reason"])
        log(self.event, "wagtail.edit", user=self.request.user)
        return super().form_valid(form)


class OrganiserView(EventView):
    """Give the event another organiser, or the same one a new link."""

    form_class = OrganiserForm
    page_title = gettext_lazy("Organiser")
    intro = gettext_lazy(
        "When you save, every link that was sent before stops working, and a new one is mailed "
        "to the address."
    )
    submit_label = gettext_lazy("Save and send a new link")
    done = gettext_lazy("A new link is on its way to the organiser.")

    def get_form_kwargs(self) -> dict[str, Any]:
        organiser = EventOrganiser.objects.filter(event=self.event).first()
        return super().get_form_kwargs() | {"instance": organiser}

    def form_valid(self, form: OrganiserForm) -> HttpResponse:
        change_organiser(self.event, **form.cleaned_data)
        return super().form_valid(form)


@hooks.register("register_admin_urls")
def event_addresses() -> list[URLPattern]:
    """The views about one event."""
    return [
        path("events/<int:pk>/cancel/", CancelEventView.as_view(), name="event_staff_cancel"),
        path("events/<int:pk>/organiser/", OrganiserView.as_view(), name="event_staff_organiser"),
    ]


@hooks.register("before_delete_snippet")
def keep_events_that_are_booked(
    request: HttpRequest, instances: Iterable[Model]
) -> HttpResponse | None:
    """Delete no event that somebody has booked: cancelled, it tells those who would have come."""
    booked = Booking.objects.active().filter(
        event__in=[event.pk for event in instances if isinstance(event, Event)],
        time__ends_at__gt=timezone.now(),
    )
    found = booked.select_related("event").first()
    if found is None:
        return None
    messages.error(
        request,
        _("“%(title)s” has bookings. Cancel it first, so that visitors are told.")
        % {"title": found.event.title},
    )
    return redirect(EDIT, found.event_id)
