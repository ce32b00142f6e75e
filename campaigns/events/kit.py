"""The campaign kit: each file alone, or all of them as one zip made while it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import PurePath

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from wagtail.models import CollectionViewRestriction
from zipstream import ZipStream

from campaigns.models import CampaignMaterial, CampaignPage

CHUNK = 64 * 1024
LONGEST_NAME = 60


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
    kit = ZipStream(sized=True)
    for name, stored in named_files(page.slug, unlocked(Kit(page).items)):
        kit.add(read(stored), name, size=default_storage.size(stored))
    if not kit:
        raise Http404
    return StreamingHttpResponse(
        kit,
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{page.slug}.zip"',
            "Content-Length": str(len(kit)),
        },
    )


def unlocked(items: list[CampaignMaterial]) -> list[CampaignMaterial]:
    """Return the items without documents of a collection that staff have put behind a lock."""
    locked = tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    return [
        item
        for item in items
        if item.document is None or not item.document.collection.path.startswith(locked)
    ]


def named_files(folder: str, items: list[CampaignMaterial]) -> Iterator[tuple[str, str]]:
    """Yield (name in the zip, name in the storage) of each file that is there.

    Names are ASCII, say what the file is and are unique also where case is not told apart:
    ``"oppet-hus-2027/affisch-a4.pdf"``, ``"…/affisch-a4-2.pdf"``.
    """
    taken: set[str] = set()
    for item in items:
        stored = item.file.name if item.file else ""
        if not stored or not default_storage.exists(stored):
            continue
        base = slugify(item.title)[:LONGEST_NAME].strip("-") or item.material_kind
        suffix = PurePath(stored).suffix.lower()
        number = 1
        name = f"{base}{suffix}"
        while name in taken:
            number += 1
            name = f"{base}-{number}{suffix}"
        taken.add(name)
        yield f"{folder}/{name}", stored


def read(stored: str) -> Iterator[bytes]:
    """Yield the bytes of a stored file, opened when its turn comes."""
    with default_storage.open(stored) as file:
        yield from file.chunks(CHUNK)
