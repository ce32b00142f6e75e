"""The addresses in the mails that ask whether an entry is right."""

from django.urls import path

from asflist.freshness import views
from core.addresses import localized

urlpatterns = [
    path(
        localized(
            sv="mitt-asf/stammer/tack/<str:answer>/", en="my-enterprise/right/thanks/<str:answer>/"
        ),
        views.entry_answered,
        name="entry_answered",
    ),
    path(
        localized(sv="mitt-asf/stammer/<str:token>/", en="my-enterprise/right/<str:token>/"),
        views.entry_right,
        name="entry_right",
    ),
    path(
        localized(
            sv="mitt-asf/stammer/<str:token>/andra/", en="my-enterprise/right/<str:token>/change/"
        ),
        views.entry_change,
        name="entry_change",
    ),
    path(
        localized(
            sv="mitt-asf/stammer/<str:token>/lamna/", en="my-enterprise/right/<str:token>/leave/"
        ),
        views.entry_leave,
        name="entry_leave",
    ),
]
