"""The public history of a press page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import ReferenceIndex

from campaigns.enums import ChangeKind
from core.models import BasePage

#: What a field tells the reference index: model, primary key, and the two paths to the reference.
Reference = tuple[type[models.Model], str, str, str]


class EarlierVersionField(models.JSONField):
    """A page's content as a revision holds it, whose pictures and files stay in use."""

    def extract_references(self, value: dict[str, Any]) -> Iterator[Reference]:
        """Yield what the page in ``value`` refers to, as Wagtail's reference index asks."""
        model: Any = ContentType.objects.get_for_id(value["content_type"]).model_class()
        page = model.from_serializable_data(value, check_fks=False, strict_fks=False)
        # Wagtail has no public way to ask what an object refers to that is not in the database.
        for type_id, pk, *paths in ReferenceIndex._extract_references_from_object(page):
            to_model = ContentType.objects.get_for_id(type_id).model_class()
            yield (to_model, pk, *paths)


class PressChangeQuerySet(models.QuerySet["PressChange"]):
    """Named questions about changes."""

    def published(self) -> Self:
        """Changes of pages that anybody may read: their earlier versions are read as well."""
        return self.filter(page__in=BasePage.objects.live().public().values("pk"))


class PressChange(models.Model):
    """One republication that readers are told of; corrections are numbered from 1 within a page.

    ``earlier`` is the page's content before a correction, as a Wagtail revision holds it, so that
    it stays readable also when old revisions are purged.
    """

    page = models.ForeignKey(
        "campaigns.PressPage", on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=ChangeKind)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    note = models.TextField(_("what was changed"), max_length=400)
    made_at = models.DateTimeField(_("changed"))
    earlier = EarlierVersionField(null=True, blank=True, encoder=DjangoJSONEncoder)

    objects = PressChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="unique_correction_number"),
            models.CheckConstraint(
                condition=models.Q(kind=ChangeKind.CORRECTION, number__isnull=False)
                | models.Q(kind=ChangeKind.UPDATE, number__isnull=True),
                name="only_corrections_are_numbered",
            ),
        ]

    def __str__(self) -> str:
        return self.note
