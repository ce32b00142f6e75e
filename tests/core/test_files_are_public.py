"""A picture, film or document is there for visitors while something public uses it."""

import json

import pytest
from django.core.files.base import ContentFile
from wagtail.models import PageViewRestriction

from core.models import CustomDocument
from home.models import StandardPage


@pytest.fixture
def picture(make_image):
    return make_image(title="Bullar")


@pytest.fixture
def document(db):
    return CustomDocument.objects.create(
        title="Affisch", file=ContentFile(b"affisch", name="affisch.pdf")
    )


@pytest.fixture
def page(home, picture, document):
    """A live page that shows the picture and links to the document."""
    body = [
        {"type": "downloads", "value": {"title": "Material", "documents": [document.pk]}},
    ]
    page = home.add_child(
        instance=StandardPage(
            title="Sida", slug="sida", listing_image=picture, body=json.dumps(body), live=False
        )
    )
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def statuses(client, *urls):
    return {client.get(url).status_code for url in urls}


def test_what_a_live_page_uses_is_there(client, page, picture, document):
    rendition = picture.renditions.first()
    assert statuses(client, picture.file.url, rendition.url, document.url) == {200}


def test_what_nothing_uses_is_not_there(client, home, picture, document):
    rendition = picture.renditions.first()
    assert statuses(client, picture.file.url, rendition.url, document.url) == {404}


def test_what_an_unpublished_page_used_is_gone(client, page, picture, document):
    page.unpublish()
    assert statuses(client, picture.file.url, document.url) == {404}


def test_what_a_restricted_page_uses_is_not_there(client, page, picture, document):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert statuses(client, picture.file.url, document.url) == {404}


def test_a_picture_in_a_draft_of_a_live_page_is_not_there_yet(client, page, picture, make_image):
    embargoed = make_image(title="Hemlig", colour="#c8452b")
    page.listing_image = embargoed
    page.save_revision()
    assert statuses(client, embargoed.file.url) == {404}
    assert statuses(client, picture.file.url) == {200}
    page.get_latest_revision().publish()
    assert statuses(client, embargoed.file.url) == {200}


def test_staff_see_files_of_drafts_and_nobody_may_keep_them(client, superuser, picture, document):
    client.force_login(superuser)
    response = client.get(picture.file.url)
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    assert client.get(document.url).status_code == 200


@pytest.mark.django_db
def test_a_file_that_is_no_upload_is_not_there(client):
    assert statuses(client, "/media/../db.sqlite3", "/media/hemlig.png") == {404}


@pytest.mark.parametrize(
    ("asked", "status", "length"),
    [
        ("bytes=0-3", 206, 4),
        ("bytes=-4", 206, 4),
        ("bytes=999999-", 416, 0),
        ("bytes=0-3,5-6", 200, None),
        ("sidor=1-2", 200, None),
        (f"bytes={'9' * 5000}-", 200, None),
    ],
)
def test_a_part_of_a_file(client, page, picture, asked, status, length):
    response = client.get(picture.file.url, headers={"range": asked})
    assert response.status_code == status
    body = b"".join(response.streaming_content) if response.streaming else response.content
    assert len(body) == (picture.file.size if length is None else length)
