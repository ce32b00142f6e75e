from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("The site")

    def ready(self) -> None:
        from core import avif

        avif.register()
        import_module("core.checks")
        import_module("core.publishing_hooks")
        import_module("core.signals")
