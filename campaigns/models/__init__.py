"""Campaigns and the press room."""

from campaigns.models.booking import Booking, BookingQuerySet
from campaigns.models.booking_mail import BookingMail, BookingMailQuerySet
from campaigns.models.campaign_index_page import CampaignIndexPage
from campaigns.models.campaign_material import CampaignMaterial
from campaigns.models.campaign_page import CampaignPage
from campaigns.models.campaign_series_page import CampaignSeriesPage
from campaigns.models.debate_article_page import DebateArticlePage, DebateSignatory
from campaigns.models.embargo_link import EmbargoLink
from campaigns.models.event import Event
from campaigns.models.event_approval_task import EventApprovalTask
from campaigns.models.event_draft import EventDraft
from campaigns.models.event_organiser import EventOrganiser
from campaigns.models.event_queryset import EventQuerySet
from campaigns.models.event_report import EventReport
from campaigns.models.event_time import EventTime
from campaigns.models.media_bank_item import MediaBankItem, MediaBankTag
from campaigns.models.media_bank_page import MediaBankPage
from campaigns.models.press_change import PressChange
from campaigns.models.press_contact import PressContact
from campaigns.models.press_page import PressPage, PressPageQuerySet
from campaigns.models.press_release_page import (
    PressReleaseContact,
    PressReleasePage,
    PressReleasePicture,
)
from campaigns.models.press_room_page import PressRoomContact, PressRoomPage
from campaigns.models.press_settings import PressSettings
from campaigns.models.press_subscription import PressDelivery, PressSubscription

__all__ = [
    "Booking",
    "BookingMail",
    "BookingMailQuerySet",
    "BookingQuerySet",
    "CampaignIndexPage",
    "CampaignMaterial",
    "CampaignPage",
    "CampaignSeriesPage",
    "DebateArticlePage",
    "DebateSignatory",
    "EmbargoLink",
    "Event",
    "EventApprovalTask",
    "EventDraft",
    "EventOrganiser",
    "EventQuerySet",
    "EventReport",
    "EventTime",
    "MediaBankItem",
    "MediaBankPage",
    "MediaBankTag",
    "PressChange",
    "PressContact",
    "PressDelivery",
    "PressPage",
    "PressPageQuerySet",
    "PressReleaseContact",
    "PressReleasePage",
    "PressReleasePicture",
    "PressRoomContact",
    "PressRoomPage",
    "PressSettings",
    "PressSubscription",
]
