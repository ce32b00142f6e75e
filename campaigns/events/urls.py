"""Events: the public form, organisers' and visitors' own pages, calendars and posters."""

from django.urls import path

from campaigns.events import booking_views, downloads, kit, organiser, registration
from core.addresses import localized

urlpatterns = [
    path(
        localized(sv="oppna-dorrar/<int:campaign_id>/", en="open-doors/<int:campaign_id>/"),
        registration.event_register,
        name="event_register",
    ),
    path(
        localized(sv="oppna-dorrar/skickat/", en="open-doors/sent/"),
        registration.event_sent,
        name="event_sent",
    ),
    path(
        localized(sv="oppna-dorrar/bekrafta/<str:token>/", en="open-doors/confirm/<str:token>/"),
        registration.event_confirm,
        name="event_confirm",
    ),
    path(
        localized(
            sv="oppna-dorrar/<str:token>/picture/file/", en="open-doors/<str:token>/picture/file/"
        ),
        registration.event_draft_picture,
        name="event_draft_picture",
    ),
    path(
        localized(
            sv="oppna-dorrar/<str:token>/<str:step>/", en="open-doors/<str:token>/<str:step>/"
        ),
        registration.event_step,
        name="event_step",
    ),
    path(localized(sv="arrangor/", en="organiser/"), organiser.event_link, name="event_link"),
    path(
        localized(sv="arrangor/<str:token>/", en="organiser/<str:token>/"),
        organiser.event_organiser,
        name="event_organiser",
    ),
    path(
        localized(sv="arrangor/<str:token>/andra/", en="organiser/<str:token>/change/"),
        organiser.event_edit,
        name="event_edit",
    ),
    path(
        localized(sv="arrangor/<str:token>/stall-in/", en="organiser/<str:token>/cancel/"),
        organiser.event_cancel,
        name="event_cancel",
    ),
    path(
        localized(sv="arrangor/<str:token>/kopiera/", en="organiser/<str:token>/copy/"),
        organiser.event_copy,
        name="event_copy",
    ),
    path(
        localized(sv="arrangor/<str:token>/rapport/", en="organiser/<str:token>/report/"),
        organiser.event_report,
        name="event_report",
    ),
    path(localized(sv="boka/<uuid:uid>/", en="book/<uuid:uid>/"), booking_views.book, name="book"),
    path(
        localized(sv="boka/<uuid:uid>/klart/", en="book/<uuid:uid>/done/"),
        booking_views.book_done,
        name="book_done",
    ),
    path(
        localized(sv="bokning/<str:token>/", en="booking/<str:token>/"),
        booking_views.booking,
        name="booking",
    ),
    path(
        localized(sv="bokning/<str:token>/kalender.ics", en="booking/<str:token>/calendar.ics"),
        booking_views.booking_calendar,
        name="booking_calendar",
    ),
    path(
        localized(sv="arrangor/<str:token>/bokningar/", en="organiser/<str:token>/bookings/"),
        booking_views.event_bookings,
        name="event_bookings",
    ),
    path(
        localized(sv="arrangor/<str:token>/bokningar.csv", en="organiser/<str:token>/bookings.csv"),
        booking_views.event_bookings_csv,
        name="event_bookings_csv",
    ),
    path("events/<uuid:uid>/calendar.ics", downloads.event_calendar, name="event_calendar"),
    path("events/<uuid:uid>/poster.pdf", downloads.event_poster, name="event_poster"),
    path("events/<uuid:uid>/share.png", downloads.event_share, name="event_share"),
    path("campaigns/<int:pk>/calendar.ics", downloads.campaign_calendar, name="campaign_calendar"),
    path("campaigns/<int:pk>/kit.zip", kit.campaign_kit, name="campaign_kit"),
]
