"""The press room: feeds, embargo links, subscriptions and the media bank's files."""

from django.urls import path

from campaigns.press.feeds import PressAtomFeed, PressRssFeed

urlpatterns = [
    path("feeds/press.rss", PressRssFeed(), name="press_rss"),
    path("feeds/press.atom", PressAtomFeed(), name="press_atom"),
]
