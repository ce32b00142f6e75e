"""A public film whose file is deleted is a draft when it is not whole without it."""

import pytest
from django.urls import reverse

from library.models import FilmPage
from tests.library.factories import film, video


def delete(client, media):
    assert client.post(reverse("wagtailmedia:delete", args=[media.pk])).status_code == 302


@pytest.mark.parametrize("described", [False, True])
def test_a_film_that_has_lost_what_it_must_have_is_not_public(home, admin_client_sv, described):
    way = {"audio_description": "version", "described_video": video()} if described else {}
    page = film(home, **way)
    delete(admin_client_sv, page.described_video if described else page.video)
    page = FilmPage.objects.get()
    assert not page.live
    assert set(page.lacking()) == {"described_video" if described else "video"}


def test_a_film_that_is_whole_without_it_stays(home, admin_client_sv):
    page = film(home, video=video(), external_url="https://film.example/1")
    delete(admin_client_sv, page.video)
    page.refresh_from_db()
    assert (page.live, page.video) == (True, None)
