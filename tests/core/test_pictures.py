"""Web sizes are made when an image is saved, and never by a visitor."""

import io

import pytest
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image as PillowImage
from PIL import features

from core.models import CustomImage, Rendition
from core.pictures import FORMATS, PRESETS
from home.models import StandardPage


def upload(colour, size=(1600, 1000)):
    file = io.BytesIO()
    PillowImage.new("RGB", size, colour).save(file, "PNG")
    file.seek(0)
    file.name = "ny.png"
    return file


def test_an_image_has_every_size_when_it_has_been_saved(make_image):
    image = make_image(size=(1600, 1000))
    assert features.check("avif")
    for preset, operations in PRESETS.items():
        for fmt in FORMATS:
            assert len(image.pictures[preset][fmt]) == len(operations)
            for source in image.pictures[preset][fmt]:
                with default_storage.open(source["name"]) as file:
                    made = PillowImage.open(file)
                    assert (made.format.lower(), made.width) == (fmt, source["width"])


def test_a_small_image_is_not_enlarged_and_no_width_stands_twice(make_image):
    image = make_image(size=(300, 200))
    widths = [source["width"] for source in image.pictures["natural"]["webp"]]
    assert widths == [300]


def test_the_share_picture_is_a_jpeg_of_1200_by_630(make_image):
    image = make_image(size=(1600, 1000))
    with default_storage.open(image.pictures["share"]) as file:
        made = PillowImage.open(file)
        assert (made.format, made.size) == ("JPEG", (1200, 630))


def test_replacing_the_file_in_the_admin_makes_the_sizes_anew(admin_client_sv, make_image):
    image = make_image(size=(1600, 1000))
    before = image.pictures
    response = admin_client_sv.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "Ny", "description": "", "credit": "", "tags": "", "file": upload("#c8452b")},
    )
    assert response.status_code == 302
    image = CustomImage.objects.get(pk=image.pk)
    assert image.pictures.keys() == before.keys()
    names = [source["name"] for source in image.pictures["card"]["webp"]]
    assert all(default_storage.exists(name) for name in names)
    with default_storage.open(names[-1]) as file:
        red, green, blue = PillowImage.open(file).convert("RGB").getpixel((10, 10))
    assert red > 150 > green > blue


def test_replacing_the_file_in_code_makes_the_sizes_anew(make_image):
    image = make_image(size=(1600, 1000))
    image.file = ImageFile(upload("#ffc857"), name="gul.png")
    image.save()
    with default_storage.open(image.pictures["card"]["webp"][-1]["name"]) as file:
        assert PillowImage.open(file).convert("RGB").getpixel((10, 10))[0] > 240


def test_a_visit_makes_no_rendition(client, home, make_image):
    page = home.add_child(
        instance=StandardPage(
            title="Sida", slug="sida", listing_image=make_image(size=(1600, 1000))
        )
    )
    before = set(Rendition.objects.values_list("pk", flat=True))
    text = client.get(page.url).content.decode()
    assert "image/avif" in text
    assert 'width="720"' in text
    assert set(Rendition.objects.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("name", ["bild.svg", "bild.html", "bild.gif"])
def test_only_pictures_that_cannot_run_are_accepted(admin_client_sv, name):
    file = io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    file.name = name
    response = admin_client_sv.post(
        reverse("wagtailimages:add"), {"title": "x", "file": file, "tags": ""}
    )
    assert response.status_code == 200
    assert not CustomImage.objects.exists()
