"""Campaigns and the press room."""

from campaigns.models.campaign_index_page import CampaignIndexPage
from campaigns.models.campaign_page import CampaignPage
from campaigns.models.campaign_place import CampaignMaterial, CampaignPlace
from campaigns.models.debate_article_page import DebateArticlePage, DebateSignatory
from campaigns.models.press_contact import PressContact
from campaigns.models.press_page import PressPage, PressPageQuerySet
from campaigns.models.press_release_page import (
    PressReleaseContact,
    PressReleasePage,
    PressReleasePicture,
)
from campaigns.models.press_room_page import PressRoomContact, PressRoomPage, PressRoomPicture
from campaigns.models.press_settings import PressSettings

__all__ = [
    "CampaignIndexPage",
    "CampaignMaterial",
    "CampaignPage",
    "CampaignPlace",
    "DebateArticlePage",
    "DebateSignatory",
    "PressContact",
    "PressPage",
    "PressPageQuerySet",
    "PressReleaseContact",
    "PressReleasePage",
    "PressReleasePicture",
    "PressRoomContact",
    "PressRoomPage",
    "PressRoomPicture",
    "PressSettings",
]
