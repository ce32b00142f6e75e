"""Enquiries: the shortlist, the buyer's pages and the receivers'."""

from django.urls import path

from asflist.enquiries import buyer_views, receiver_views, shortlist_views, writing_views
from core.addresses import localized

urlpatterns = [
    path(localized(sv="forfragan/", en="enquiry/"), shortlist_views.shortlist, name="shortlist"),
    path(
        localized(sv="forfragan/lagg-till/<slug:slug>/", en="enquiry/add/<slug:slug>/"),
        shortlist_views.shortlist_add,
        name="shortlist_add",
    ),
    path(
        localized(sv="forfragan/ta-bort/<slug:slug>/", en="enquiry/remove/<slug:slug>/"),
        shortlist_views.shortlist_remove,
        name="shortlist_remove",
    ),
    path(
        localized(sv="forfragan/skriv/", en="enquiry/write/"),
        writing_views.enquiry_write,
        name="enquiry_write",
    ),
    path(
        localized(sv="forfragan/skickat/<str:token>/", en="enquiry/sent/<str:token>/"),
        writing_views.enquiry_sent,
        name="enquiry_sent",
    ),
    path(
        localized(sv="forfragan/andra/<str:token>/", en="enquiry/change/<str:token>/"),
        writing_views.enquiry_change,
        name="enquiry_change",
    ),
    path(
        localized(sv="forfragan/bekrafta/<str:token>/", en="enquiry/confirm/<str:token>/"),
        buyer_views.enquiry_confirm,
        name="enquiry_confirm",
    ),
    path(
        localized(sv="forfragan/min/<str:token>/", en="enquiry/mine/<str:token>/"),
        buyer_views.enquiry,
        name="enquiry",
    ),
    path(
        localized(sv="forfragan/min/<str:token>/utfall/", en="enquiry/mine/<str:token>/outcome/"),
        buyer_views.enquiry_outcome,
        name="enquiry_outcome",
    ),
    path(
        localized(
            sv="forfragan/min/<str:token>/fil/<uuid:uid>/",
            en="enquiry/mine/<str:token>/file/<uuid:uid>/",
        ),
        buyer_views.enquiry_file,
        name="enquiry_file",
    ),
    path(
        localized(sv="forfragan/till-oss/", en="enquiry/to-us/"),
        receiver_views.enquiries_of_owner,
        name="enquiries_of_owner",
    ),
    path(
        localized(sv="forfragan/svara/<str:token>/", en="enquiry/answer/<str:token>/"),
        receiver_views.enquiry_answer,
        name="enquiry_answer",
    ),
    path(
        localized(sv="forfragan/svara/<str:token>/anmal/", en="enquiry/answer/<str:token>/report/"),
        receiver_views.enquiry_report,
        name="enquiry_report",
    ),
    path(
        localized(
            sv="forfragan/svara/<str:token>/fil/<uuid:uid>/",
            en="enquiry/answer/<str:token>/file/<uuid:uid>/",
        ),
        receiver_views.enquiry_file_of_receiver,
        name="enquiry_file_of_receiver",
    ),
]
