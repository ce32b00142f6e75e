from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns and press")

    def ready(self) -> None:
        import_module("campaigns.events.booking_signals")
        import_module("campaigns.events.calendar_signals")
        import_module("campaigns.events.organiser_signals")
        import_module("campaigns.press.delivery_signals")
        import_module("campaigns.press.signals")
