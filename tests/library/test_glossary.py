"""Words of the glossary, explained where they stand."""

import re

import pytest
from wagtail_localize.models import StringTranslation, Translation, TranslationSource

from library.glossary import Word, explain, terms
from library.models import ChapterPage, GlossaryTerm
from tests.library.factories import add, chapter_of, handbook, stream, word
from tests.library.queries import queries_of

BOOK = "/kunskapsbank/boken/"
DEAL = Word(1, "avtal", ("avtal", "avtalet"), "En överenskommelse.")
RESERVED = Word(2, "reserverat avtal", ("reserverat avtal",), "Bara för några.")


def explained(html, *words):
    """The words that got a button, as they stand in the text."""
    return re.findall(r'<button class="word"[^>]*>(.*?)</button>', explain(html, words)[0], re.S)


def test_the_first_occurrence_is_a_button_and_what_it_opens_comes_right_after():
    html, found = explain("<p>Ett Avtalet, ett avtal.</p>", [DEAL])
    assert html.startswith(
        '<p>Ett <button class="word" type="button" popovertarget="word-1">Avtalet</button>'
        '<span class="word__text" id="word-1" popover>'
    )
    assert html.count('<button class="word"') == 1
    assert "En överenskommelse." in html
    assert html.endswith(", ett avtal.</p>")
    assert found == [DEAL]


def test_whole_words_count_only():
    assert explained("<p>avtalsrätt samarbetsavtal åavtal avtal1</p>", DEAL) == []
    assert explained("<p>(avtal) </p>", DEAL) == ["avtal"]


def test_the_longest_word_wins_and_the_other_waits_for_its_own_place():
    html = "<p>Ett reserverat\navtal. Ett avtal.</p>"
    assert explained(html, DEAL, RESERVED) == ["reserverat\navtal", "avtal"]
    assert explained("<p>reserverat&nbsp;avtal</p>", RESERVED) == ["reserverat&nbsp;avtal"]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>avtal</h2>",
        "<h3><b>avtal</b></h3>",
        '<a href="/">ett <b>avtal</b></a>',
        "<button>avtal</button>",
        "<details><summary>avtal</summary></details>",
        "<figure><figcaption>avtal</figcaption></figure>",
        "<svg><text>avtal</text></svg>",
        "<video><p>avtal</p></video>",
        "<script>avtal</script>",
        '<img alt="avtal > avtal" src="avtal"><br>',
        "<!-- avtal -->",
    ],
)
def test_no_word_is_explained_where_it_cannot_be_pressed(html):
    assert explain(html, [DEAL])[0] == html
    assert explained(f"{html}<p>avtal</p>", DEAL) == ["avtal"]


def test_entities_are_no_words():
    amp = Word(3, "amp", ("amp", "R&D"), "x")
    assert explained("<p>a &amp; b &lt;amp;</p>", amp) == ["amp"]
    assert explained("<p>vår R&amp;D</p>", amp) == ["R&amp;D"]


def test_hostile_words_are_harmless():
    forms = ('<b onclick="x">"', "(")
    evil = Word(4, forms[0], forms, "</span><script>alert(1)</script>")
    html, found = explain('<p>Ett &lt;b onclick="x"&gt;" och (.</p>', [evil])
    assert found == [evil]
    assert "<script>" not in html
    assert "<b " not in html
    assert "&lt;/span&gt;&lt;script&gt;" in html


def test_a_glossary_without_words_changes_nothing():
    assert explain("<p>avtal</p>", []) == ("<p>avtal</p>", [])


def test_the_glossary_is_one_query_in_the_order_of_the_alphabet(
    home, locales, django_assert_num_queries
):
    for term in ("ö", "å", "z", "avtal"):
        word(term, locale=locales["sv"], forms=" avtalet \n\navtalet\n")
    word("deal", locale=locales["en"])
    with django_assert_num_queries(1):
        found = terms("sv")
    assert [row.term for row in found] == ["avtal", "z", "å", "ö"]
    assert found[0].forms == ("avtal", "avtalet")
    assert [row.term for row in terms("en")] == ["deal"]


def test_a_chapter_explains_each_word_once_and_lists_it(home, locales, client):
    book = handbook(home, 0)
    word("avtal", "En överenskommelse.", locale=locales["sv"])
    word("aldrig", "Står inte i kapitlet.", locale=locales["sv"])
    chapter_of(book, "ett", "<p>Ett avtal.</p>", "<p>Ett avtal till.</p>")
    html = client.get(f"{BOOK}ett/").content.decode()
    assert html.count('class="word"') == 1
    listed = re.search(r'<section class="words".*?</section>', html, re.S)[0]
    assert "<dt>avtal</dt>" in listed
    assert "Står inte" not in html


def test_the_whole_book_explains_a_word_in_each_chapter_and_lists_it_once(home, locales, client):
    book = handbook(home, 0)
    word("avtal", locale=locales["sv"])
    for slug in ("ett", "tva"):
        chapter_of(book, slug, "<p>Ett avtal.</p>")
    html = client.get(f"{BOOK}hela-boken/").content.decode()
    ids = re.findall(r' id="(word-[\d-]+)"', html)
    assert len(ids) == len(set(ids)) == 2
    assert html.count("<dt>avtal</dt>") == 1


def test_film_captions_and_fact_box_headings_have_no_buttons(home, locales, client):
    book = handbook(home, 0)
    word("fakta", locale=locales["sv"])
    body = stream(("fact_box", {"title": "Fakta", "text": "<p>Inga fakta.</p>"}))
    add(book, ChapterPage, slug="ett", body=body)
    html = client.get(f"{BOOK}ett/").content.decode()
    assert "<h2>Fakta</h2>" in html
    assert re.findall(r'class="word"[^>]*>(\w+)<', html) == ["fakta"]


def test_a_translated_word_is_explained_in_english(home, english_home, locales, client):
    book = handbook(home, 0)
    source_term = word("avtal", "En överenskommelse.", locale=locales["sv"], forms="avtalet")
    source, _new = TranslationSource.get_or_create_from_instance(source_term)
    translation = Translation.objects.create(source=source, target_locale=locales["en"])
    english = {"avtal": "contract", "En överenskommelse.": "A deal.", "avtalet": "contracts"}
    for segment in source.stringsegment_set.select_related("string", "context"):
        StringTranslation.objects.create(
            translation_of=segment.string,
            context=segment.context,
            locale=locales["en"],
            data=english[segment.string.data],
        )
    translation.save_target()
    assert GlossaryTerm.objects.get(locale=locales["en"]).term == "contract"
    index = book.get_parent().specific.copy_for_translation(locales["en"])
    index.slug = "library"
    index.save_revision().publish()
    copy = book.copy_for_translation(locales["en"])
    copy.slug = "the-book"
    copy.save_revision().publish()
    chapter_of(copy, "one", "<p>Two contracts, no avtal.</p>")
    html = client.get("/en/library/the-book/one/").content.decode()
    assert re.findall(r'class="word"[^>]*>(\w+)<', html) == ["contracts"]
    assert "A deal." in html


def test_more_words_cost_no_more_queries(home, locales, client):
    book = handbook(home, 0)
    chapter_of(book, "ett", "<p>Ett avtal om ord1 och ord2.</p>")
    word("avtal", locale=locales["sv"])
    few = queries_of(client, f"{BOOK}ett/")
    for number in range(30):
        word(f"ord{number}", locale=locales["sv"])
    assert queries_of(client, f"{BOOK}ett/") == few
