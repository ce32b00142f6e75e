"""A template says what it is; what a new file replaces stays to be downloaded."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield
from wagtail_localize.models import Translation, TranslationSource

from core.models import OrganisationSettings
from library.models import TemplatePage, TemplateVersion
from tests.library.factories import add, document, library
from tests.library.queries import MOST, queries_of


@pytest.fixture
def organisation(locales):
    return OrganisationSettings.objects.create(
        locale=locales["sv"], name="Skoopi", email="hej@skoopi.example"
    )


def template(home, **fields):
    fields = {
        "title": "Mallen",
        "slug": "mallen",
        "document": document("Mallen", "mall.docx"),
        "version": "2.0",
        "updated_on": date(2026, 5, 4),
        "audience": ["municipality", "company"],
        "template_kind": "iop",
    } | fields
    return add(library(home), TemplatePage, **fields)


def read_as(state):
    """A PDF of which the reader has said this."""
    made = document("Mallen", "mall.pdf")
    made.text_state = state
    made.save(update_fields=["text_state"])
    return made


def html_of(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    return response.content.decode()


def earlier(page, name, version, **fields):
    old = document("Gammal", name)
    page = TemplatePage.objects.get(pk=page.pk)
    row = TemplateVersion(document=old, version=version, locale=page.locale, **fields)
    page.earlier_versions.add(row)
    page.save_revision().publish()
    return old


def test_the_page_says_what_the_template_is(client, home, organisation):
    html = html_of(client, template(home))
    for words in ("Kommuner och myndigheter", "Företag", "IOP", "2.0", "4 maj 2026", "DOCX"):
        assert words in html, words
    assert "mailto:hej@skoopi.example?subject=" in html
    assert "Mallen%E2%80%9D" in html


def test_without_an_address_nobody_is_asked_to_write(client, home):
    assert "mailto:?" not in html_of(client, template(home))


@pytest.mark.parametrize(("state", "said"), [("empty", True), ("read", False), ("unknown", False)])
def test_a_file_without_text_says_so_to_those_who_cannot_read_it(
    client, home, organisation, state, said
):
    page = template(home, document=read_as(state))
    html = html_of(client, page)
    assert ("skärmläsare kan inte läsa" in html) == said
    assert "mailto:" in html


def test_earlier_versions_stay_to_be_downloaded(client, home):
    page = template(home)
    old = earlier(page, "gammal.docx", "1.0", updated_on=date(2024, 2, 1), note="Lagen ändrades.")
    html = html_of(client, page)
    assert f'href="{old.url}"' in html
    for words in ("Version 1.0", "1 februari 2024", "Lagen ändrades."):
        assert words in html
    assert client.get(old.url).status_code == 200
    page.unpublish()
    assert client.get(old.url).status_code == 404


def test_many_versions_cost_what_one_does(client, home, organisation):
    page = template(home)
    earlier(page, "a.docx", "1.0")
    one = queries_of(client, page.get_url())
    for number in range(8):
        earlier(page, f"b{number}.docx", f"1.{number + 1}")
    assert queries_of(client, page.get_url()) == one <= MOST


def form_data(page, **fields):
    rows = [
        {
            "id": row.pk or "",
            "document": row.document_id,
            "version": row.version,
            "updated_on": row.updated_on or "",
            "note": row.note,
        }
        for row in page.earlier_versions.all()
    ]
    data = {
        "title": page.title,
        "slug": page.slug,
        "introduction": "",
        "document": page.document_id or "",
        "template_kind": page.template_kind,
        "version": page.version,
        "updated_on": page.updated_on or "",
        "keep_earlier": "on",
        "what_changed": "",
        "body": streamfield([]),
        "earlier_versions": inline_formset(rows, initial=len(rows)),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
    } | fields
    return nested_form_data({name: value for name, value in data.items() if value is not None})


def edit(client, page, publish=True, **fields):
    """Save the page in the admin, and return the response and the page as it then is."""
    page = type(page).objects.get(pk=page.pk).get_latest_revision_as_object()
    data = form_data(page, **fields) | ({"action-publish": "1"} if publish else {})
    response = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)
    return response, type(page).objects.get(pk=page.pk)


def versions(page):
    return [
        (row.document_id, row.version, row.updated_on, row.note)
        for row in page.earlier_versions.all()
    ]


def test_a_replaced_file_is_kept_with_its_version_and_day(admin_client_sv, home):
    page = template(home)
    first, second, third = page.document, document("Två"), document("Tre")
    response, page = edit(
        admin_client_sv,
        page,
        document=second.pk,
        version="3.0",
        updated_on="2026-06-01",
        what_changed="Ny lag.",
    )
    assert response.status_code == 302, response.context["form"].errors
    assert (page.document_id, page.version) == (second.pk, "3.0")
    assert versions(page) == [(first.pk, "2.0", date(2026, 5, 4), "Ny lag.")]
    _response, page = edit(admin_client_sv, page, document=third.pk, version="4.0")
    assert [row[:2] for row in versions(page)] == [(second.pk, "3.0"), (first.pk, "2.0")]


def test_what_readers_never_had_is_not_kept(admin_client_sv, home):
    page = template(home)
    first, draft, second = page.document, document("Utkast"), document("Två")
    edit(admin_client_sv, page, publish=False, document=draft.pk, version="3.0")
    _response, page = edit(admin_client_sv, page, document=second.pk, version="3.0")
    assert [row[0] for row in versions(page)] == [first.pk]


def test_the_editor_may_leave_out_the_old_file(admin_client_sv, home):
    page = template(home)
    response, page = edit(admin_client_sv, page, document=document("Två").pk, keep_earlier=None)
    assert response.status_code == 302
    assert versions(page) == []


def test_a_removed_file_is_kept(admin_client_sv, home):
    page = template(home)
    first = page.document
    _response, page = edit(admin_client_sv, page, document="", version="")
    assert [row[0] for row in versions(page)] == [first.pk]


def test_an_unchanged_file_moves_nowhere(admin_client_sv, home):
    page = template(home)
    _response, page = edit(admin_client_sv, page, introduction="Ny inledning")
    assert page.introduction == "Ny inledning"
    assert versions(page) == []


def test_a_new_file_needs_a_version_of_its_own(admin_client_sv, home):
    page = template(home)
    response, page = edit(admin_client_sv, page, document=document("Två").pk)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"version"}
    assert versions(page) == []


def test_a_version_without_a_name_is_kept_by_its_day(admin_client_sv, home):
    page = template(home, version="")
    _response, page = edit(admin_client_sv, page, document=document("Två").pk)
    assert [row[1] for row in versions(page)] == ["2026-05-04"]


def test_the_form_warns_of_a_file_that_cannot_be_read(admin_client_sv, home):
    page = template(home, document=read_as("empty"))
    response = admin_client_sv.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert "ingen text i filen" in response.content.decode()


def test_a_translation_has_the_earlier_versions(client, home, english_home):
    page = template(home)
    old = earlier(page, "gammal.docx", "1.0", note="Lagen ändrades.")
    page = TemplatePage.objects.get(pk=page.pk)
    for source in (page.get_parent().specific, page):
        made, _created = TranslationSource.update_or_create_from_instance(source)
        Translation.objects.create(source=made, target_locale=english_home.locale)
        made.create_or_update_translation(english_home.locale, publish=False, fallback=True)
        source.get_translation(english_home.locale).get_latest_revision().publish()
    english = page.get_translation(english_home.locale)
    assert [(row.document_id, row.version) for row in english.earlier_versions.all()] == [
        (old.pk, "1.0")
    ]
    assert f'href="{old.url}"' in html_of(client, english)
