"""The foundation's models: what every room builds on."""

from core.models.documents import CustomDocument
from core.models.images import CustomImage, Rendition
from core.models.outgoing_mail import OutgoingMail
from core.models.pages import BasePage, BasePageQuerySet, PageTag
from core.models.settings import OrganisationSettings, TranslatableSetting
from core.models.themes import Theme

__all__ = [
    "BasePage",
    "BasePageQuerySet",
    "CustomDocument",
    "CustomImage",
    "OrganisationSettings",
    "OutgoingMail",
    "PageTag",
    "Rendition",
    "Theme",
    "TranslatableSetting",
]
