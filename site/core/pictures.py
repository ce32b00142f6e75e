"""Responsive pictures: which sizes there are, and how they are made when an image is saved.

A visitor's request never makes a rendition: the templates read ``CustomImage.pictures``, which
``make_pictures`` fills on save. A size that is missing is not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from core.models import CustomImage

# Preset → Wagtail resize operations, smallest first.
PRESETS: dict[str, tuple[str, ...]] = {
    "card": ("fill-360x240", "fill-720x480"),
    "wide": ("fill-640x360", "fill-1280x720"),
    "natural": ("width-480", "width-960"),
    "logo": ("max-320x160",),
}
FORMATS = ("avif", "webp")
SHARE = "fill-1200x630|format-jpeg"
# For those who take a picture to another site: any program opens a JPEG.
WEB = "width-1280|format-jpeg"


class Source(TypedDict):
    """One file of a picture: its name in the storage and its width in pixels."""

    name: str
    width: int


class Picture(TypedDict):
    """One preset of an image: sources per format, and the largest size in pixels."""

    avif: list[Source]
    webp: list[Source]
    width: int
    height: int


class WebSize(TypedDict):
    """The JPEG to take for the web: its name in the storage, pixels, and size in bytes."""

    name: str
    width: int
    height: int
    size: int


def make_pictures(image: CustomImage) -> dict[str, Picture | WebSize | str]:
    """Make every rendition of ``image`` and return what ``CustomImage.pictures`` stores.

    The result maps each preset of ``PRESETS`` to a ``Picture``, ``"web"`` to a ``WebSize`` of at
    most 1280 pixels' width and ``"share"`` to the name of a 1200 × 630 JPEG. Raises ``OSError`` or
    ``willow``'s errors when the file cannot be read.
    """
    specs = {
        (preset, fmt, op): f"{op}|format-{fmt}"
        for preset, operations in PRESETS.items()
        for op in operations
        for fmt in FORMATS
    }
    made = image.get_renditions(*specs.values(), SHARE, WEB)
    web = made[WEB]
    pictures: dict[str, Picture | WebSize | str] = {
        "share": made[SHARE].file.name,
        "web": WebSize(name=web.file.name, width=web.width, height=web.height, size=web.file.size),
    }
    for preset, operations in PRESETS.items():
        sources = {
            fmt: unique_widths([made[specs[preset, fmt, operation]] for operation in operations])
            for fmt in FORMATS
        }
        largest = made[specs[preset, "webp", operations[-1]]]
        pictures[preset] = Picture(
            avif=sources["avif"],
            webp=sources["webp"],
            width=largest.width,
            height=largest.height,
        )
    return pictures


def unique_widths(renditions: list) -> list[Source]:
    """Keep one source a width: a small original gives the same size for several operations."""
    by_width = {rendition.width: rendition.file.name for rendition in renditions}
    return [Source(name=name, width=width) for width, name in sorted(by_width.items())]


def refresh_pictures(image: CustomImage) -> None:
    """Make the renditions that ``image`` lacks and store what they are called."""
    pictures = make_pictures(image)
    if pictures != image.pictures:
        image.pictures = pictures
        type(image)._default_manager.filter(pk=image.pk).update(pictures=pictures)
