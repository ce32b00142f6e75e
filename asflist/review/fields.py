"""The tabs on which staff write an entry."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
)

from asflist.enums import Criterion
from asflist.review.differences import ChoicesPanel

TABS = [
    ObjectList(
        [
            FieldPanel("name", required_on_save=True),
            FieldRowPanel([FieldPanel("organisation_number"), FieldPanel("legal_form")]),
            FieldPanel("summary"),
            FieldPanel("entry_type"),
            FieldPanel("members"),
            FieldPanel(
                "industries",
                widget=forms.CheckboxSelectMultiple,
                required_on_save=False,
            ),
            FieldPanel("tags"),
            FieldRowPanel([FieldPanel("logo"), FieldPanel("picture")]),
        ],
        heading=_("Who"),
    ),
    ObjectList(
        [
            FieldPanel("offer"),
            FieldPanel("social_benefit"),
            FieldPanel("benefit_figures"),
            FieldPanel("references"),
            FieldPanel("gallery"),
        ],
        heading=_("Offer and benefit"),
    ),
    ObjectList(
        [
            FieldPanel("delivers_nationwide"),
            ChoicesPanel("delivers_to", widget=forms.CheckboxSelectMultiple),
            FieldPanel("delivers_within_km"),
            ChoicesPanel("procurement", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("Reach and procurement"),
    ),
    ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel(criterion.value), FieldPanel(f"{criterion.value}_proof")],
                heading=criterion.label,
            )
            for criterion in Criterion
        ],
        heading=_("Criteria"),
    ),
    ObjectList(
        [
            FieldPanel("municipality"),
            MultiFieldPanel(
                [
                    FieldPanel("street_address"),
                    FieldRowPanel([FieldPanel("postcode"), FieldPanel("locality")]),
                ],
                heading=_("Address"),
            ),
            MultiFieldPanel(
                [FieldPanel("phone"), FieldPanel("email"), FieldPanel("website")],
                heading=_("Contact"),
            ),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            ChoicesPanel("languages"),
        ],
        heading=_("Place and contact"),
    ),
    ObjectList(
        [
            FieldRowPanel([FieldPanel("employees"), FieldPanel("participants")]),
            FieldRowPanel([FieldPanel("target_group_share"), FieldPanel("target_group_share_on")]),
            FieldPanel("member_since"),
            PublishingPanel(),
        ],
        heading=_("Figures and membership"),
    ),
]
