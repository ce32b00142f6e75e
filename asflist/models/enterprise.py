"""A work integration social enterprise on the list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from multiselectfield import MultiSelectField
from taggit.models import TaggedItemBase
from wagtail.fields import RichTextField
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

from asflist.addresses import list_url
from asflist.enums import LegalForm, SpokenLanguage
from asflist.models.enterprise_contact import EnterpriseContact
from asflist.models.enterprise_standing import EnterpriseStanding
from asflist.models.industry import Industry
from asflist.models.querysets import EnterpriseQuerySet
from asflist.organisation_numbers import normalise, validate_organisation_number
from asflist.rich_text import clean_html
from asflist.structured_data import describe_enterprise
from asflist.text import searchable, sort_key
from core.models import CustomImage
from core.models.images import first_usable

RICH_FEATURES = ["bold", "italic", "ol", "ul", "link"]
SLUG_LENGTH = 80


class EnterpriseTag(TaggedItemBase):
    """A tag on an enterprise."""

    content_object = ParentalKey(
        "asflist.Enterprise", on_delete=models.CASCADE, related_name="tagged_items"
    )


class Enterprise(  # type: ignore[django-manager-missing]
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatableMixin,
    EnterpriseContact,
    EnterpriseStanding,
    index.Indexed,
    ClusterableModel,
):
    """An ASF: who, where, what it sells, and what good it does.

    The texts are translated; every other field follows the source entry. ``slug``, ``county_code``,
    ``search_text`` and ``sort_key`` are derived when an entry is saved.
    """

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
    languages = MultiSelectField(
        _("languages"),
        choices=SpokenLanguage.choices,
        max_length=120,
        blank=True,
        help_text=_("The languages in which customers can talk to you."),
    )
    search_text = models.TextField(editable=False, default="")
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
        if self.member_since and self.certified_until and self.certified_until < self.member_since:
            errors["certified_until"] = ValidationError(
                _("The certificate cannot end before the membership began.")
            )
        if errors:
            raise ValidationError(errors)

    def other_with_same_number(self) -> Enterprise | None:
        """Return another enterprise, in any language, with the same organisation number."""
        others = type(self).objects.filter(organisation_number=self.organisation_number)
        return others.exclude(translation_key=self.translation_key).exclude(pk=self.pk).first()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with what is derived; the slug is set once, so that the address stays."""
        place = self.place
        self.county_code = place.county_code if place else ""
        self.sort_key = sort_key(self.name)[:500]
        self.slug = self.slug or self.find_slug()
        self.offer = clean_html(self.offer)
        self.social_benefit = clean_html(self.social_benefit)
        self.search_text = self.make_search_text()
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

    def make_search_text(self) -> str:
        """Return what ``EnterpriseQuerySet.matching`` looks in; see ``asflist.text.searchable``."""
        county = [self.county.name_en] if self.county else []
        return searchable([self.name, self.summary, *self.get_searchable_text(), *county])

    @property
    def language(self) -> str:
        """The language that the texts are written in, as a code for ``lang``."""
        # The first preview of a new entry comes before it has been given its locale.
        return self.locale.language_code if self.locale_id else settings.LANGUAGE_CODE

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

    @property
    def share_picture(self) -> CustomImage | None:
        """The picture that stands for the enterprise when it is shared."""
        return first_usable(self.picture, self.logo)

    @property
    def description(self) -> str:
        """The page's meta description."""
        return self.summary

    def get_url(self, request: HttpRequest | None = None, language: str | None = None) -> str:
        """Return the path of the page, ``""`` while there is no list; one query a request.

        ``language`` is the one to read the site in, by default the entry's own.
        """
        url = list_url(language or self.language, request)
        return f"{url}{self.slug}/" if url and self.slug else url

    def get_absolute_url(self) -> str:
        """Return the path of the page in the entry's own language."""
        return self.get_url()

    def get_full_url(self, request: HttpRequest | None = None) -> str | None:
        """Return the page's address with scheme and host, or None while there is no list."""
        if not (path := self.get_url(request)):
            return None
        if request is not None:
            return request.build_absolute_uri(path)
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"

    full_url = property(get_full_url)

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
