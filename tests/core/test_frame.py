"""The frame that every page stands in: footer, userbar, error pages, previews, styles."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from wagtail.blocks import BoundBlock

from core.blocks import BODY_BLOCKS
from core.models import CustomDocument, OrganisationSettings, Theme
from core.navigation import sections
from home.models import StandardPage

STYLES = settings.SITE_DIR / "static" / "css" / "site.css"


@pytest.fixture
def contact(home, locales):
    """A live contact page and the organisation whose footer leads to it."""
    page = home.add_child(
        instance=StandardPage(title="Kontakt", slug="kontakt", locale=locales["sv"])
    )
    OrganisationSettings.objects.create(
        locale=locales["sv"],
        name="Skoopi",
        email="info@example.com",
        phone="08-123 45 67",
        contact_page=page,
        privacy_page=page,
    )
    return page


def test_the_footer_asks_once_for_all_its_pages(contact, django_assert_num_queries):
    organisation = OrganisationSettings.objects.get()
    with translation.override("sv"), django_assert_num_queries(1):
        assert [page.title for page in organisation.footer_pages] == ["Kontakt", "Kontakt"]


def test_the_menu_brings_the_footers_pages(contact, rf, django_assert_num_queries):
    hidden = contact.copy(update_attrs={"slug": "utkast", "title": "Utkast"}, keep_live=False)
    OrganisationSettings.objects.update(accessibility_page=hidden)
    request = rf.get("/")
    with translation.override("sv"):
        assert [page.title for page in sections(request)] == ["Kontakt"]
        organisation = OrganisationSettings.for_request(request)
        with django_assert_num_queries(0):
            assert [page.title for page in organisation.footer_pages] == ["Kontakt", "Kontakt"]


def test_the_footer_shows_a_page_in_the_readers_language_where_it_is_live(
    contact, english_home, locales
):
    translated = contact.copy_for_translation(locales["en"])
    translated.title = "Contact"
    with translation.override("en"):
        assert OrganisationSettings.objects.get().footer_pages[0].title == "Kontakt"
        translated.save_revision().publish()
        assert OrganisationSettings.objects.get().footer_pages[0].title == "Contact"


def test_a_page_that_is_not_live_is_not_in_the_footer(contact):
    contact.unpublish()
    assert OrganisationSettings.objects.get().footer_pages == []


def test_a_telephone_number_can_be_called(client, contact):
    assert 'href="tel:+4681234567"' in client.get("/kontakt/").content.decode()


def test_a_reader_without_a_session_gets_a_page_that_varies_by_no_cookie(client, contact):
    response = client.get("/kontakt/")
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not response.cookies
    assert "wagtail-userbar" not in response.content.decode()


def test_an_editor_gets_the_userbar(admin_client_sv, contact):
    assert "wagtail-userbar" in admin_client_sv.get("/kontakt/").content.decode()


def test_a_page_tells_its_address_and_its_live_translations(client, contact, english_home, locales):
    translated = contact.copy_for_translation(locales["en"])
    translated.slug = "contact"
    alternate = '<link rel="alternate" hreflang="%s" href="http://testserver%s">'
    html = client.get("/kontakt/").content.decode()
    assert '<link rel="canonical" href="http://testserver/kontakt/">' in html
    assert '<link rel="alternate"' not in html
    translated.save_revision().publish()
    for address in ("/kontakt/", "/en/contact/"):
        html = client.get(address).content.decode()
        assert alternate % ("sv", "/kontakt/") in html
        assert alternate % ("en", "/en/contact/") in html
        assert alternate % ("x-default", "/kontakt/") in html


def test_a_missing_page_is_told_of_in_the_readers_language(client, contact, english_home):
    swedish, english = client.get("/saknas/"), client.get("/en/missing/")
    assert (swedish.status_code, english.status_code) == (404, 404)
    assert '<html lang="sv">' in swedish.content.decode()
    assert "We cannot find the page" in english.content.decode()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_page_for_our_own_faults_asks_the_database_for_nothing(language):
    # Without the db fixture pytest-django refuses every query.
    with translation.override(language):
        assert f'<html lang="{language}">' in render_to_string("500.html")


@pytest.mark.parametrize("name", [name for name, _block in BODY_BLOCKS])
def test_every_block_has_a_preview_even_on_an_empty_site(name, home):
    assert "css/site.css" in preview(name)


def test_the_preview_of_a_picture_shows_a_picture_of_the_site(home, make_image):
    make_image()
    assert "<img" in preview("picture")


def test_a_download_says_its_format_size_and_foreign_language(db):
    document = CustomDocument(title="Theory of change", file="toc.pdf", file_size=2048)
    document.pk, document.language = 1, "en"
    with translation.override("sv"):
        html = render_to_string("core/components/download.html", {"document": document})
    assert "(PDF, 2,0\xa0kB, " in html
    assert 'lang="en">Theory of change' in html
    with translation.override("en"):
        html = render_to_string("core/components/download.html", {"document": document})
    assert "(PDF, 2.0\xa0KB)" in html


def test_themes_are_named_in_the_readers_language(contact, locales, django_assert_num_queries):
    theme, other = (
        Theme.objects.create(
            locale=locales["sv"], name=name, slug=name.lower(), summary="-", sort_order=number
        )
        for number, name in enumerate(["Kompetens", "Affärer"])
    )
    english = theme.copy_for_translation(locales["en"])
    english.name = "Competence"
    english.sort_order = 9
    english.save()
    contact.themes.set([theme, other])
    with translation.override("en"):
        assert [row.name for row in contact.localized_themes] == ["Competence", "Affärer"]
    contact.save()
    with translation.override("en"), django_assert_num_queries(1):
        assert [row.name for row in contact.localized_themes] == ["Competence", "Affärer"]
    with translation.override("sv"), django_assert_num_queries(1):
        assert [row.name for row in contact.localized_themes] == ["Kompetens", "Affärer"]


def test_the_styles_keep_their_budget():
    assert len(gzip.compress(STYLES.read_bytes())) <= 9 * 1024


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("foreground", "background", "least"),
    [
        *[
            (text, ground, 7)
            for text in ("text", "muted", "heading", "link")
            for ground in ("ground", "surface", "sunken", "mist")
        ],
        ("on-deep", "deep", 7),
        ("sun", "deep", 4.5),
        ("on-action", "action", 4.5),
        ("action", "ground", 4.5),
        ("edge", "surface", 4.5),
        ("focus", "ground", 4.5),
    ],
)
def test_colours_stand_out_from_their_ground(scheme, foreground, background, least):
    """WCAG 1.4.6 asks for 7:1 in text; the graphic profile for 4.5:1 in controls."""
    colours = tokens(scheme)
    assert contrast(colours[foreground], colours[background]) >= least


def preview(name):
    block = dict(BODY_BLOCKS)[name]
    value = block.get_preview_value()
    context = {
        "request": RequestFactory().get("/"),
        "block_def": block,
        "bound_block": BoundBlock(block, value),
    }
    return render_to_string(block.get_preview_template(value, context), context)


def tokens(scheme):
    """The colours of the scheme as ``#rrggbb`` by name."""
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", STYLES.read_text(), re.DOTALL)[:2]
    declared = dict(re.findall(r"--([\w-]+): (#\w+|var\(--[\w-]+\));", light))
    if scheme == "dark":
        declared |= dict(re.findall(r"--([\w-]+): (#\w+|var\(--[\w-]+\));", dark))

    def resolve(value):
        while value.startswith("var("):
            value = declared[value[6:-1]]
        return value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])

    return {name: resolve(value) for name, value in declared.items()}


def contrast(one, other):
    """The contrast ratio of two ``#rrggbb`` colours (WCAG 2.2, relative luminance)."""

    def luminance(colour):
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
