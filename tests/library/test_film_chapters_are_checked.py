"""The parts of a film are in order and within its length; the length comes from the file."""

from __future__ import annotations

from wagtail.test.utils.form_data import streamfield

from tests.library.factories import film, video
from tests.library.film_forms import edit, saved


def chapters(*starts):
    return streamfield([("chapter", {"start": start, "title": f"Del {start}"}) for start in starts])


def errors_of(response):
    """Place of each chapter that is refused → the fields it is refused for."""
    (error,) = response.context["form"].errors.as_data()["chapters"]
    return {place: list(block.block_errors) for place, block in error.block_errors.items()}


def test_chapters_in_order_are_saved(home, admin_client_sv):
    page = film(home, duration=200)
    response = edit(admin_client_sv, page, chapters=chapters("0:00", "1:05", "3:19"))
    assert response.status_code == 302
    assert [chapter.value["start"] for chapter in saved(page).chapters] == ["0:00", "1:05", "3:19"]


def test_each_chapter_out_of_order_is_told_so_beside_its_time(home, admin_client_sv):
    page = film(home, duration=200)
    response = edit(admin_client_sv, page, chapters=chapters("1:00", "0:30", "1:00", "2:00"))
    assert response.status_code == 200
    assert errors_of(response) == {1: ["start"], 2: ["start"]}
    assert "Del 0:30" in response.content.decode()


def test_a_chapter_after_the_end_is_refused(home, admin_client_sv):
    page = film(home, duration=200)
    response = edit(admin_client_sv, page, chapters=chapters("0:00", "3:20"))
    assert errors_of(response) == {1: ["start"]}
    assert "3:20" in response.content.decode()


def test_a_time_that_is_none_is_the_fields_own_error(home, admin_client_sv):
    page = film(home, duration=200)
    assert edit(admin_client_sv, page, chapters=chapters("halv två")).status_code == 200


def test_the_length_is_taken_from_the_file_when_nobody_has_written_it(home, admin_client_sv):
    media = video()
    media.duration = 61.2
    media.save()
    page = film(home, publish=False, video=media)
    edit(admin_client_sv, page, duration="")
    assert saved(page).duration == 62
    edit(admin_client_sv, page, duration="70")
    assert saved(page).duration == 70
    response = edit(admin_client_sv, page, duration="", chapters=chapters("0:00", "1:10"))
    assert errors_of(response) == {1: ["start"]}
