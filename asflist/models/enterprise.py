"""A work integration social enterprise on the list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from multiselectfield import MultiSelectField
from taggit.models import TaggedItemBase
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from asflist.enums import Criterion, EntryType, LegalForm, ListingState, SpokenLanguage
from asflist.models.enterprise_address import SLUG_LENGTH, EnterpriseAddress
from asflist.models.enterprise_contact import EnterpriseContact
from asflist.models.enterprise_criteria import EnterpriseCriteria
from asflist.models.enterprise_delivery import EnterpriseDelivery
from asflist.models.enterprise_profile import EnterpriseProfile
from asflist.models.enterprise_publishing import EnterprisePublishing
from asflist.models.enterprise_standing import EnterpriseStanding
from asflist.models.enterprise_state import PUBLIC, REASONS, EnterpriseState
from asflist.models.industry import Industry
from asflist.models.querysets import EnterpriseQuerySet
from asflist.organisation_numbers import normalise, validate_organisation_number
from asflist.rich_text import clean_html
from asflist.sales_organisations import member_errors
from asflist.structured_data import describe_enterprise
from asflist.text import sort_key


class EnterpriseTag(TaggedItemBase):
    """A tag on an enterprise."""

    content_object = ParentalKey(
        "asflist.Enterprise", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Enterprise(  # type: ignore[django-manager-missing]
    EnterprisePublishing,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    EnterpriseAddress,
    EnterpriseProfile,
    EnterpriseContact,
    EnterpriseDelivery,
    EnterpriseCriteria,
    EnterpriseStanding,
    EnterpriseState,
    index.Indexed,
    ClusterableModel,
):
    """An ASF: who, where, what it sells, and what good it does.

    The texts are translated; every other field follows the source entry. ``slug``, ``county_code``
    and ``sort_key`` are derived when an entry is saved.
    """

    entry_type = models.CharField(
        _("kind of entry"),
        max_length=10,
        choices=EntryType,
        default=EntryType.ENTERPRISE,
        db_index=True,
        help_text=_("A sales organisation sells for several social enterprises, its members."),
    )
    members = ParentalManyToManyField(
        "self",
        verbose_name=_("member enterprises"),
        symmetrical=False,
        blank=True,
        related_name="sales_organisations",
        limit_choices_to={
            "locale__language_code": settings.LANGUAGE_CODE,
            "entry_type": EntryType.ENTERPRISE,
        },
        help_text=_("Only for a sales organisation: the enterprises that it sells for."),
    )
    name = models.CharField(
        _("name"), max_length=120, help_text=_("The name that customers know the enterprise by.")
    )
    slug = models.SlugField(_("slug"), max_length=SLUG_LENGTH, editable=False)
    organisation_number = models.CharField(
        _("organisation number"),
        max_length=13,
        validators=[validate_organisation_number],
        help_text=_("Ten digits, as in the register: 769600-1234. Each enterprise is listed once."),
    )
    legal_form = models.CharField(
        _("legal form"),
        max_length=24,
        choices=LegalForm,
        default=LegalForm.ECONOMIC_ASSOCIATION,
        help_text=_("The form that the enterprise is registered in."),
    )
    industries = ParentalManyToManyField(
        Industry,
        verbose_name=_("industries"),
        related_name="enterprises",
        limit_choices_to={"locale__language_code": settings.LANGUAGE_CODE},
        help_text=_(
            "Every branch in which buyers can order something. Two or three are often enough."
        ),
    )
    tags = ClusterTaggableManager(
        through=EnterpriseTag,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("A few words for particular goods or services, with commas between."),
    )
    languages = MultiSelectField(
        _("languages"),
        choices=SpokenLanguage.choices,
        max_length=120,
        blank=True,
        help_text=_("The languages in which customers can talk to you."),
    )
    sort_key = models.CharField(max_length=500, editable=False, default="", db_index=True)

    objects = EnterpriseQuerySet.as_manager()

    #: The kind of content in the reader's words, singular and plural, and the Lucide icon for it.
    kind = _("Social enterprise")
    kind_plural = _("Social enterprises")
    kind_icon = "store"

    override_translatable_fields = [
        TranslatableField("name"),
        TranslatableField("summary"),
        TranslatableField("offer"),
        TranslatableField("social_benefit"),
        SynchronizedField("slug", overridable=False),
        SynchronizedField("organisation_number", overridable=False),
        SynchronizedField("industries", overridable=False),
        SynchronizedField("street_address"),
        SynchronizedField("postcode"),
        SynchronizedField("locality"),
        SynchronizedField("phone"),
        SynchronizedField("members", overridable=False),
        *(SynchronizedField(f"{name}_proof", overridable=False) for name in Criterion.values),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("summary"),
        index.AutocompleteField("name"),
        index.AutocompleteField("organisation_number"),
        index.AutocompleteField("locality"),
        index.FilterField("locale"),
        index.FilterField("live"),
        index.FilterField("county_code"),
        index.FilterField("entry_type"),
        index.FilterField("state"),
        index.FilterField("confirmed_on"),
        index.FilterField("industries"),
        index.FilterField("sort_key"),
    ]

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("enterprise")
        verbose_name_plural = _("enterprises")
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["live", "county_code"], name="enterprise_live_county"),
            models.Index(fields=["live", "municipality"], name="enterprise_live_municipality"),
            models.Index(fields=["live", "-first_published_at"], name="enterprise_live_newest"),
        ]
        constraints = [
            REASONS,
            PUBLIC,
            models.UniqueConstraint(fields=["slug", "locale"], name="unique_enterprise_slug"),
            models.UniqueConstraint(
                fields=["organisation_number", "locale"],
                # A draft may wait for its number.
                condition=~models.Q(organisation_number=""),
                name="unique_enterprise_number",
                violation_error_message=_("This organisation number is on the list already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Check what spans fields and entries, each error at its own field."""
        super().clean()
        errors: dict[str, ValidationError] = {}
        if self.organisation_number:
            try:
                self.organisation_number = normalise(self.organisation_number)
            except ValidationError:
                pass  # The field's own validator has said so.
            else:
                if (other := self.other_with_same_number()) is not None:
                    errors["organisation_number"] = ValidationError(
                        _("%(name)s has this organisation number already. Edit that entry."),
                        params={"name": other.name},
                    )
        errors |= self.point_errors() | self.share_errors() | member_errors(self)
        if errors:
            raise ValidationError(errors)

    def other_with_same_number(self) -> Enterprise | None:
        """Return another enterprise, in any language, with the same organisation number."""
        others = type(self).objects.filter(organisation_number=self.organisation_number)
        return others.exclude(translation_key=self.translation_key).exclude(pk=self.pk).first()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with what is derived; the slug is set once, so that the address stays."""
        place = self.place
        if self.live and self.state != ListingState.APPROVED:
            # Whoever publishes it has approved it, through whatever door.
            self.approved_from = self.state
            self.state, self.state_reason = ListingState.APPROVED, ""
            self.state_changed_at = timezone.now()
        self.county_code = place.county_code if place else ""
        self.sort_key = sort_key(self.name)[:500]
        self.slug = self.slug or self.find_slug()
        self.offer = clean_html(self.offer)
        self.social_benefit = clean_html(self.social_benefit)
        super().save(*args, **kwargs)

    def find_slug(self) -> str:
        """Return a slug from the name that no other enterprise has in any language."""
        base = slugify(self.name)[: SLUG_LENGTH - 5].strip("-") or "asf"
        taken = set(
            type(self)
            .objects.filter(slug__startswith=base)
            .exclude(translation_key=self.translation_key)
            .values_list("slug", flat=True)
        )
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbered) if slug not in taken)

    @property
    def spoken_languages(self) -> list[str]:
        """The names of the languages in which customers are met, in the reader's language."""
        labels = dict(SpokenLanguage.choices)
        return [str(labels[code]) for code in self.languages or [] if code in labels]

    @property
    def industry_names(self) -> str:
        """The industries' source names with commas between."""
        return ", ".join(industry.name for industry in self.industries.all())

    @property
    def date_modified(self) -> datetime | None:
        """When visitors last saw the entry change, or None before it is published."""
        changed: datetime | None = self.last_published_at
        return changed

    def get_searchable_text(self) -> list[str]:
        """Return the texts beyond name and summary that the site's search covers, HTML or plain."""
        place = self.place
        names = Industry.objects.names(self.language)
        return [
            self.offer,
            self.social_benefit,
            self.locality,
            *([place.name, place.county.name_sv] if place else []),
            *(
                names[industry.pk].name
                for industry in self.industries.all()
                if industry.pk in names
            ),
        ]

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the enterprise as a schema.org ``Organization`` in JSON-LD."""
        return describe_enterprise(self, request)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        return "asflist/enterprise.html"

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        from asflist.enterprise_page import enterprise_context

        return enterprise_context(self, request)
