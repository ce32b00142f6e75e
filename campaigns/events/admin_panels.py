"""What staff read, and do not write, beside an event's form."""

from __future__ import annotations

from typing import Any

from wagtail.admin.panels import Panel

from campaigns.events.actions import may_cancel
from campaigns.models import Booking, EventOrganiser, EventReport


class OrganiserPanel(Panel):
    """The organiser's contact, for those who may approve the event."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "campaigns/admin/organiser_panel.html"

        def is_shown(self) -> bool:
            may_approve = self.request.user.has_perm("campaigns.publish_event")
            return bool(super().is_shown() and self.instance.pk and may_approve)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            organiser = EventOrganiser.objects.filter(event=self.instance.pk).first()
            return super().get_context_data(parent_context) | {
                "organiser": organiser,
                "event": self.instance,
                "may_cancel": may_cancel(self.instance),
            }


class FiguresPanel(Panel):
    """How many have booked each time, and what was reported afterwards."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "campaigns/admin/figures_panel.html"

        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            bookings = Booking.objects.filter(event=self.instance.pk)
            report = EventReport.objects.filter(event=self.instance.pk).first()
            return super().get_context_data(parent_context) | {
                "confirmed": bookings.confirmed().people(),
                "waiting": bookings.waiting().people(),
                "report": report,
            }
