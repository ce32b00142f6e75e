"""What an enterprise's profile is made of beside its fields."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class ReferenceBlock(blocks.StructBlock):
    """A buyer, and what was bought."""

    customer = blocks.CharBlock(
        label=_("Buyer"), max_length=120, help_text=_("The name of the company or authority.")
    )
    bought = blocks.CharBlock(
        label=_("What they buy"),
        max_length=200,
        help_text=_("For example “Cleaning of three preschools since 2021”."),
    )

    class Meta:
        icon = "openquote"
        label = _("Reference")
        description = _("A buyer who can be named, and what was bought")
        template = "asflist/blocks/reference.html"
        preview_value = {
            "customer": "Gävle kommun",
            "bought": "Lokalvård i tre förskolor sedan 2021",
        }


class BenefitFigureBlock(blocks.StructBlock):
    """A number that shows what comes of the work."""

    value = blocks.DecimalBlock(
        label=_("Number"), max_digits=12, decimal_places=2, help_text=_("The number alone.")
    )
    label = blocks.CharBlock(
        label=_("What it counts"),
        max_length=120,
        help_text=_("For example “people have gone on to a job”."),
    )
    year = blocks.IntegerBlock(
        label=_("Year"), min_value=1990, max_value=2100, help_text=_("The year it is about.")
    )

    class Meta:
        icon = "plus"
        label = _("Figure")
        description = _("A number with what it counts and its year")
        template = "asflist/blocks/benefit_figure.html"
        preview_value = {"value": 11, "label": "har gått vidare till arbete", "year": 2025}


class GalleryPictureBlock(blocks.StructBlock):
    """A picture with its own alt text."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = blocks.CharBlock(
        label=_("Alt text"),
        max_length=200,
        help_text=_("What does one see? It is read to those who cannot see the picture."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture of the work or of what is made")
        template = "asflist/blocks/gallery_picture.html"
