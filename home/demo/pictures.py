"""The demonstration's own illustrations, from SVG to images with every web size."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import resvg_py
from django.core.files.images import ImageFile
from PIL import Image

from core.enums import Licence
from core.models import CustomImage
from home.demo.content import FOLDER

WIDTH, HEIGHT = 1600, 1000  # pixels: larger than any page shows, for those who print them
CREDIT = "Illustration: ASF Lyfter"
TITLES = {
    "cafe": "Disken på ett café",
    "garden": "Odling i en trädgård",
    "bike-repair": "Cykelverkstad",
    "textile": "Sömnad vid symaskin",
    "assembly": "Montering vid en arbetsbänk",
    "cleaning": "Städning av en lokal",
    "second-hand": "Butik för second hand",
    "moving": "Flytt med kartonger",
    "kitchen": "Matlagning i ett storkök",
    "office-it": "Arbete vid datorer",
    "animals": "Skötsel av djur",
    "media": "Formgivning och tryck",
    "tourism": "Gäster tas emot",
    "meeting": "Möte runt ett bord",
    "open-door": "En öppen dörr",
    "handbook": "En uppslagen handbok",
    "puzzle": "Pusselbitar som lyfter varandra",
    "camera": "Filminspelning",
    "graph": "Staplar som växer",
    "handshake": "Ett handslag",
    "laundry": "Arbete i ett tvätteri",
    "open-house-mark": "Märke för Öppet hus-dagen",
}


#: AVIF's encoder: Pillow's own speed 6 takes seven times as long, and flat colours look the same.
#: At the site's quality, 55, the files would be a third larger than at speed 6; so they are not.
AVIF_SPEED, AVIF_QUALITY = 8, 50


@contextmanager
def encoded_quickly() -> Iterator[None]:
    """Within this block AVIF is encoded as fits our illustrations, whoever saves it."""
    Image.init()
    usual = Image.SAVE["AVIF"]

    def save(image: Image.Image, file: Any, name: str | bytes) -> None:
        image.encoderinfo |= {"speed": AVIF_SPEED, "quality": AVIF_QUALITY}
        usual(image, file, name)

    Image.register_save("AVIF", save)
    try:
        yield
    finally:
        Image.register_save("AVIF", usual)


def load_picture(key: str) -> CustomImage:
    """Make the image for the illustration ``key``; its web sizes are made as it is saved."""
    svg = (FOLDER / "pictures" / f"{key}.svg").read_text(encoding="utf-8")
    drawn = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=WIDTH))))
    # Nothing shows through: without the alpha channel the web sizes are made in half the time.
    file = io.BytesIO()
    drawn.convert("RGB").save(file, "PNG", compress_level=3)
    title = TITLES[key]
    return CustomImage.objects.create(
        title=title,
        description=title,
        credit=CREDIT,
        licence=Licence.PRESS,
        file=ImageFile(file, name=f"{key}.png"),
        width=WIDTH,
        height=HEIGHT,
    )
