"""A film as schema.org ``VideoObject``: its clips, its text, and for whom it can be followed."""

import json
import re
from datetime import date

import pytest

from library.models import FilmPage
from tests.library.factories import VTT, add, library, stream, video

CHAPTERS = stream(
    ("chapter", {"start": "0:00", "title": "Början"}),
    ("chapter", {"start": "1:23", "title": "</script><b>Lån"}),
)


@pytest.fixture
def data_of(home, client):
    """A factory: the structured data of a film with these fields."""

    def make(**fields):
        add(library(home), FilmPage, title="Filmen", slug="filmen", duration=200, **fields)
        html = client.get("/kunskapsbank/filmen/").content.decode()
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        assert len(found) == 1
        return json.loads(found[0])

    return make


def test_a_film_is_described_whole(data_of, make_image):
    media = video()
    data = data_of(
        introduction="Om filmen.",
        video=media,
        sign_language_video=video("tecknad.mp4"),
        described_video=video("syntolkad.mp4"),
        recorded_on=date(2022, 5, 9),
        listing_image=make_image(size=(1280, 720)),
        transcript="[0:04] Handledare: Allt som sägs.",
        captions=[("sv", VTT)],
        chapters=CHAPTERS,
    )
    assert data["@type"] == "VideoObject"
    assert data["name"] == "Filmen"
    assert data["duration"] == "PT3M20S"
    assert data["uploadDate"] == "2022-05-09"
    assert data["contentUrl"] == f"http://testserver{media.url}"
    assert data["thumbnailUrl"].startswith("http://testserver/media/")
    assert data["transcript"] == "Handledare: Allt som sägs."
    features = ["captions", "transcript", "audioDescription", "signLanguage"]
    assert data["accessibilityFeature"] == features
    address = "http://localhost/kunskapsbank/filmen/"
    assert data["hasPart"] == [
        {
            "@type": "Clip",
            "name": "Början",
            "startOffset": 0,
            "endOffset": 83,
            "url": f"{address}?t=0",
        },
        {
            "@type": "Clip",
            "name": "</script><b>Lån",
            "startOffset": 83,
            "endOffset": 200,
            "url": f"{address}?t=83",
        },
    ]


def test_a_film_says_only_what_it_has(data_of):
    data = data_of(video=video())
    assert data["accessibilityFeature"] == ["captions", "transcript"]
    assert "hasPart" not in data


def test_an_outside_film_is_described_by_its_frame_or_its_address(data_of):
    data = data_of(external_url="https://youtu.be/dQw4w9WgXcQ", video=None)
    assert data["@type"] == "VideoObject"
    assert data["embedUrl"].startswith("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ")
    assert "contentUrl" not in data


def test_a_film_on_an_unknown_site_is_described_by_its_address(data_of):
    data = data_of(external_url="https://play.example.org/film/1")
    assert data["sameAs"] == "https://play.example.org/film/1"
    assert "embedUrl" not in data
