"""The language switch of a handbook read on one page."""

import pytest

from tests.library.factories import handbook


@pytest.fixture
def english_book(home, english_home, locales):
    """An English translation of a book with two chapters; its address is another."""
    book = handbook(home, 2)
    for page in (book.get_parent().specific, book):
        translated = page.copy_for_translation(locales["en"])
        translated.slug = f"english-{page.slug}"
        translated.save_revision().publish()
    return translated


def test_the_whole_book_leads_to_the_whole_book_in_the_other_language(client, english_book):
    html = client.get("/kunskapsbank/boken/hela-boken/").content.decode()
    assert (
        'hreflang="en" href="http://testserver/en/english-kunskapsbank/english-boken/whole-book/"'
        in html
    )
    html = client.get("/en/english-kunskapsbank/english-boken/whole-book/").content.decode()
    assert 'hreflang="sv" href="http://testserver/kunskapsbank/boken/hela-boken/"' in html


def test_a_book_without_translation_leads_to_the_page_that_says_so(client, home, english_home):
    handbook(home, 1)
    html = client.get("/kunskapsbank/boken/hela-boken/").content.decode()
    assert 'href="/en/kunskapsbank/boken/" lang="en"' in html
    assert client.get("/en/kunskapsbank/boken/").status_code == 200
