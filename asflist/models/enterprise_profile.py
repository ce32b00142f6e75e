"""What an enterprise tells of itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField, StreamField

from asflist.profile_blocks import BenefitFigureBlock, GalleryPictureBlock, ReferenceBlock
from core.models import CustomImage
from core.models.images import first_usable

RICH_FEATURES = ["bold", "italic", "ol", "ul", "link"]


class EnterpriseProfile(models.Model):
    """Offer, benefit, references and pictures."""

    summary = models.CharField(
        _("summary"),
        max_length=160,
        help_text=_("One sentence for the list: what do you do, where and for whom?"),
    )
    offer = RichTextField(
        _("what buyers can order"),
        features=RICH_FEATURES,
        help_text=_(
            "Goods and services in the buyer's words. How much, how fast, and how far away?"
        ),
    )
    social_benefit = RichTextField(
        _("social benefit"),
        features=RICH_FEATURES,
        help_text=_("Whom do you give work and work training, how, and what comes of it?"),
    )
    references = StreamField(
        [("reference", ReferenceBlock())],
        verbose_name=_("references"),
        blank=True,
        max_num=6,
        help_text=_("Buyers who have said yes to being named, and what they bought."),
    )
    benefit_figures = StreamField(
        [("figure", BenefitFigureBlock())],
        verbose_name=_("social benefit in figures"),
        blank=True,
        max_num=4,
        help_text=_("A few numbers that show what comes of the work."),
    )
    gallery = StreamField(
        [("picture", GalleryPictureBlock())],
        verbose_name=_("more pictures"),
        blank=True,
        max_num=8,
        help_text=_("What you make, and people at work. Everyone in them must have said yes."),
    )
    logo = models.ForeignKey(
        CustomImage,
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("On a white or transparent ground."),
    )
    picture = models.ForeignKey(
        CustomImage,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("People at work, or what you make. Everyone in it must have said yes."),
    )

    class Meta:
        abstract = True

    @property
    def share_picture(self) -> CustomImage | None:
        """The picture that stands for the enterprise when it is shared."""
        return first_usable(self.picture, self.logo)

    @property
    def description(self) -> str:
        """The page's meta description."""
        return self.summary
