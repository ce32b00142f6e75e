"""The room's addresses that are not pages; editors choose the pages' own."""

from django.urls import path

from campaigns.feeds import PressAtomFeed, PressRssFeed

urlpatterns = [
    path("feeds/press.rss", PressRssFeed(), name="press_rss"),
    path("feeds/press.atom", PressAtomFeed(), name="press_atom"),
]
