"""The press room."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import InlinePanel

from asflist.figures import sector_figures
from campaigns.models.media_bank_item import MediaBankItem
from campaigns.models.media_bank_page import MediaBankPage
from campaigns.models.press_contact import ContactLink, contacts_for_reader
from campaigns.models.press_settings import PressSettings
from core.models import BasePage

#: How many pictures of the media bank stand in the press room.
NEWEST_PICTURES = 3


class PressRoomPage(BasePage):
    """Newest first, whom to call, pictures to take, and ASF in short."""

    kind = _("Press room")
    kind_plural = _("Press rooms")
    kind_icon = "newspaper"
    schema_type = "CollectionPage"
    template = "campaigns/press_room_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = [
        "campaigns.PressReleasePage",
        "campaigns.DebateArticlePage",
        "campaigns.MediaBankPage",
    ]
    # One home page a language, so one press room a language.
    max_count_per_parent = 1
    content_panels = [
        *BasePage.content_panels,
        InlinePanel(
            "contact_links",
            heading=_("Contacts"),
            label=_("Contact"),
            help_text=_("Whom journalists call. They stand at the top of the press room."),
        ),
    ]

    class Meta:
        verbose_name = _("press room")
        verbose_name_plural = _("press rooms")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from campaigns.press.listing import PressListing

        listing = PressListing(self, request)
        return super().get_context(request, *args, **kwargs) | {
            "listing": listing,
            "page_obj": listing.page,
            "contacts": contacts_for_reader(self.contact_links.get_queryset()),
            "media_bank": MediaBankPage.objects.child_of(self).live().public().first(),
            "newest_pictures": MediaBankItem.objects.newest_pictures(NEWEST_PICTURES),
            "press_settings": PressSettings.current(),
            "figures": sector_figures(),
        }


class PressRoomContact(ContactLink):
    """A contact at the top of the press room."""

    page = ParentalKey(PressRoomPage, on_delete=models.CASCADE, related_name="contact_links")
