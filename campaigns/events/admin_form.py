"""The form in which staff write an event."""

from __future__ import annotations

from django.utils.translation import gettext
from wagtail.admin.forms import WagtailAdminModelForm

from campaigns.models import EventTime


class EventAdminForm(WagtailAdminModelForm):
    """Removes no time that somebody has booked."""

    def is_valid(self) -> bool:
        if not super().is_valid():
            return False
        removed = [form.instance.pk for form in self.formsets["times"].deleted_forms]
        for time in EventTime.objects.booked().filter(pk__in=removed):
            self.add_error(
                None,
                gettext(
                    "Somebody has booked %(time)s, so that time cannot be removed. "
                    "Change it instead, or cancel the event."
                )
                % {"time": time.in_words},
            )
        return not self.errors
