"""A person's word for captions holds for those words: other words have to be checked anew."""

from __future__ import annotations

from wagtail.models import Page

from library.models import Captions, FilmPage
from tests.library.factories import VTT, film
from tests.library.film_forms import PUBLISH, captions_of, edit, rows_of, vtt_file

OTHER = VTT.replace("Vi är", "Vi har blivit")


def row_of(page, **changes):
    (row, *_others) = rows_of(page)
    return row | changes


def test_a_tick_is_kept_with_who_and_when(home, admin_client_sv, superuser):
    page = film(home, publish=False)
    row = row_of(page, text=OTHER, confirmed="on")
    assert edit(admin_client_sv, page, captions=[row]).status_code == 302
    captions = captions_of(page)
    assert captions.is_confirmed
    assert captions.confirmed_by == superuser
    response = admin_client_sv.get(f"/admin/pages/{page.pk}/edit/")
    (form,) = response.context["form"].formsets["captions"].forms
    help_text = form.fields["confirmed"].help_text
    assert "admin" in help_text
    assert help_text in response.content.decode()


def test_a_tick_that_was_there_before_is_taken_away_with_the_words(home, admin_client_sv):
    page = film(home)
    assert edit(admin_client_sv, page, captions=[row_of(page, text=OTHER)]).status_code == 302
    assert not captions_of(page).confirmed
    assert Captions.objects.get(film=page).is_confirmed  # what is live is as it was


def test_an_uploaded_file_takes_the_tick_away(home, admin_client_sv):
    page = film(home)
    edit(
        admin_client_sv,
        page,
        captions=[row_of(page)],
        **{"captions-0-upload": vtt_file(OTHER)},
    )
    assert not captions_of(page).confirmed


def test_changed_words_are_not_published_until_they_are_ticked_anew(home, admin_client_sv):
    page = film(home)
    refused = edit(admin_client_sv, page, captions=[row_of(page, text=OTHER)], **PUBLISH)
    assert refused.status_code == 200
    assert Captions.objects.get(film=page).text == VTT
    box = refused.content.decode().split('name="captions-0-confirmed"')[1].split(">")[0]
    assert "checked" not in box
    assert "value" not in box
    accepted = edit(
        admin_client_sv, page, captions=[row_of(page, text=OTHER, confirmed="on")], **PUBLISH
    )
    assert accepted.status_code == 302
    captions = Captions.objects.get(film=page)
    assert (captions.text, captions.is_confirmed) == (OTHER, True)


def test_saving_without_a_change_leaves_the_confirmation_as_it_was(home, admin_client_sv):
    page = film(home)
    before = Captions.objects.get(film=page)
    edit(admin_client_sv, page, title="En annan titel", **PUBLISH)
    after = Captions.objects.get(film=page)
    assert Page.objects.get(pk=page.pk).title == "En annan titel"
    assert (after.confirmed_digest, after.confirmed_at) == (
        before.confirmed_digest,
        before.confirmed_at,
    )


def test_words_changed_by_a_program_are_confirmed_no_more(home):
    film(home)
    row = Captions.objects.get()
    row.text = OTHER
    assert not row.is_confirmed
    row.save()
    row.refresh_from_db()
    assert (row.confirmed, row.confirmed_digest) == (False, "")
    assert FilmPage.objects.incomplete().exists()
