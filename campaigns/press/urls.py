"""The press room: feeds, embargo links, subscriptions and the media bank's files."""

from django.urls import path

from campaigns.press.embargo_links import embargo_file, embargo_preview
from campaigns.press.feeds import PressAtomFeed, PressRssFeed
from campaigns.press.media_bank import media_bank_zip
from campaigns.press.subscription_views import (
    confirm_subscription,
    manage,
    sent,
    subscribe,
    unsubscribe,
)
from campaigns.press.versions import press_version
from core.addresses import localized

urlpatterns = [
    path("feeds/press.rss", PressRssFeed(), name="press_rss"),
    path("feeds/press.atom", PressAtomFeed(), name="press_atom"),
    path(localized(sv="folj-press/", en="follow-press/"), subscribe, name="press_subscribe"),
    path(
        localized(sv="folj-press/skickat/", en="follow-press/sent/"),
        sent,
        name="press_subscribe_sent",
    ),
    path(
        localized(sv="folj-press/bekrafta/<str:token>/", en="follow-press/confirm/<str:token>/"),
        confirm_subscription,
        name="press_subscription_confirm",
    ),
    path(
        localized(sv="folj-press/andra/<str:token>/", en="follow-press/change/<str:token>/"),
        manage,
        name="press_subscription",
    ),
    path(
        localized(sv="folj-press/avsluta/<str:token>/", en="follow-press/end/<str:token>/"),
        unsubscribe,
        name="press_unsubscribe",
    ),
    path("media-bank.zip", media_bank_zip, name="media_bank_zip"),
    path("embargo/<str:token>/", embargo_preview, name="embargo_preview"),
    path("embargo/<str:token>/<str:signature>/<path:path>", embargo_file, name="embargo_file"),
    path(
        localized(
            sv="tidigare-version/<int:page_id>/<int:number>/",
            en="earlier-version/<int:page_id>/<int:number>/",
        ),
        press_version,
        name="press_version",
    ),
]
