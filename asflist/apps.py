from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AsflistConfig(AppConfig):
    name = "asflist"
    verbose_name = _("ASF-listan")
