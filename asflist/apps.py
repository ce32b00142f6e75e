from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AsflistConfig(AppConfig):
    name = "asflist"
    verbose_name = _("ASF-listan")

    def ready(self) -> None:
        import_module("asflist.review.doors")
        import_module("asflist.freshness.signals")
        import_module("asflist.enquiries.file_signals")
        import_module("asflist.saved_searches.leaving")
        import_module("asflist.finding.signals")
