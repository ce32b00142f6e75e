"""The campaign kit: each file alone, or all of them as one zip made while it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from wagtail.models import CollectionViewRestriction

from campaigns.models import CampaignMaterial, CampaignPage
from core.archives import unique_names, zip_response


class Kit:
    """The material of a campaign in the page's own language that may still be shown."""

    def __init__(self, page: CampaignPage) -> None:
        self.page = page

    @cached_property
    def items(self) -> list[CampaignMaterial]:
        """The material; a picture whose consent has ended is left out. One query."""
        found = self.page.material.select_related("document__collection", "image")
        return [item for item in found if item.may_be_shown]

    @property
    def size(self) -> int:
        """The size of all the files together, in bytes."""
        return sum(item.file_size for item in self.items)

    @property
    def url(self) -> str:
        """The address of the zip; ``""`` when there is at most one file to take."""
        several = self.page.pk and len(self.items) > 1
        return reverse("campaign_kit", args=[self.page.pk]) if several else ""


@require_safe
def campaign_kit(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """Answer with everything in a public campaign's kit; 404 where there is nothing to send."""
    page = get_object_or_404(CampaignPage.objects.live().public(), pk=pk)
    files = list(titled_files(unlocked(Kit(page).items)))
    if not files:
        raise Http404
    names = unique_names(files)
    return zip_response(page.slug, zip(names, [stored for _title, stored in files], strict=True))


def unlocked(items: list[CampaignMaterial]) -> list[CampaignMaterial]:
    """Return the items without documents of a collection that staff have put behind a lock."""
    locked = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    return [
        item
        for item in items
        if item.document is None or not item.document.collection.path.startswith(locked)
    ]


def titled_files(items: list[CampaignMaterial]) -> Iterator[tuple[str, str]]:
    """Yield (title, name in the storage) of each file that is there."""
    for item in items:
        stored = item.file.name if item.file else ""
        if stored and default_storage.exists(stored):
            yield item.title if slugify(item.title) else item.material_kind, stored
