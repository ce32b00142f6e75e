"""Watching a search of the list by mail."""

from django.urls import path

from asflist.saved_searches import views
from core.addresses import localized

urlpatterns = [
    path(
        localized(sv="bevaka-listan/", en="follow-the-list/"),
        views.watch,
        name="saved_search_start",
    ),
    path(
        localized(
            sv="bevaka-listan/bekrafta/<str:token>/", en="follow-the-list/confirm/<str:token>/"
        ),
        views.confirm,
        name="saved_search_confirm",
    ),
    path(
        localized(sv="bevaka-listan/andra/<str:token>/", en="follow-the-list/change/<str:token>/"),
        views.manage,
        name="saved_search_manage",
    ),
    path(
        localized(sv="bevaka-listan/avsluta/<str:token>/", en="follow-the-list/end/<str:token>/"),
        views.unsubscribe,
        name="saved_search_end",
    ),
]
