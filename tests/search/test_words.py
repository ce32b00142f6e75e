"""Words are compared by their stem in their own language, and å, ä and ö are letters."""

from __future__ import annotations

import unicodedata

import pytest

from core.analysis import analyse, clean_query, index_words, query_terms
from tests.search.factories import make_page, titles


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("städ", "Städning av kontor"),
        ("städning", "Vi utför städningar"),
        ("handböcker", "Handboken är här"),
        ("handbok", "Alla handböckerna"),
        ("företag", "Företagens affärer"),
        ("kommunerna", "En kommun"),
        ("IOP", "Många IOP:er finns"),
        ("ÖPPET HUS", "öppet hus i maj"),
        ("kafé", "Ett kaféet"),
        ("kafe", "Ett kafé"),
        ("café", "Ett kafé"),
        ("kafé", "Lunchen på caféet"),
        ("caf", "Lunchen på caféet"),
        ("ledamot", "Styrelsens ledamöter"),
        ("kaf", "Ett kafé"),
        ("asf-listan", "ASF-listan växer"),
        ("2026", "den 9 maj 2026"),
    ],
)
def test_swedish_words_find_their_other_forms(home, query, text):
    page = make_page(home, "Sida", text)
    assert titles(query) == [page.title]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("companies", "A company of its own"),
        ("company", "Many companies"),
        ("running", "How to run it"),
        ("enterprise's", "An enterprise"),
        ("the enterprises", "Enterprise in short"),
    ],
)
def test_english_words_find_their_other_forms(english_home, query, text):
    page = make_page(english_home, "Page", text)
    assert titles(query, "en") == [page.title]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("städ", "Staden vid havet"),
        ("stad", "Städning av kontor"),
        ("lan", "Varje län har en processledare"),
        ("lån", "Lan och län"),
        ("for", "För alla"),
        ("ata", "Att äta"),
        ("höra", "Hora"),
        ("kafe", "Kaffe och te"),
    ],
)
def test_letters_with_dots_and_rings_are_letters_of_their_own(home, query, text):
    make_page(home, "Sida", text)
    assert titles(query) == []


def test_each_language_has_its_own_stems(home, english_home):
    make_page(home, "Svenska", "companies")
    make_page(english_home, "English", "handboken")
    assert titles("company", "sv") == []
    assert titles("handbok", "en") == ["English"]  # a prefix, not a stem
    assert titles("handböcker", "en") == []


def test_every_word_must_be_found(home):
    make_page(home, "Kafé i Gävle")
    make_page(home, "Kafé i Luleå")
    assert titles("kafé gävle") == ["Kafé i Gävle"]
    assert titles("kafé göteborg") == []


def test_decomposed_letters_are_the_same_letters(home):
    make_page(home, unicodedata.normalize("NFD", "Städning på Åland"))
    assert titles("städning") == titles(unicodedata.normalize("NFD", "ÅLAND"))
    assert len(titles("åland")) == 1
    assert titles("aland") == []


def test_words_like_and_do_not_have_to_be_found(home):
    page = make_page(home, "Vägledning", "Handboken för kommuner")
    assert titles("vad är en handbok för en kommun?") == [page.title]


def test_a_query_of_only_such_words_keeps_them():
    assert [term.word for term in query_terms("om oss", "sv")] == ["om", "oss"]


def test_titles_come_first(home):
    make_page(home, "Annat", "städning " * 20)
    make_page(home, "Mer", introduction="Om städning.")
    make_page(home, "Städning")
    assert titles("städning") == ["Städning", "Mer", "Annat"]


def test_a_whole_word_comes_before_a_longer_one(home):
    make_page(home, "Städningsprodukter")
    make_page(home, "Städ")
    assert titles("städ") == ["Städ", "Städningsprodukter"]


def test_index_words_hold_word_and_stem_between_spaces():
    assert index_words("Handböckerna, på STÄDNING!", "sv") == " handböckerna handbok på städning "
    assert index_words("…", "sv") == ""


def test_a_word_is_analysed_with_its_accent_and_stored_without():
    assert analyse("Kaféerna", "sv")[0] == "kafeerna"
    assert analyse("idé", "sv") == ("ide", "ide")


def test_a_query_is_kept_without_control_characters_and_cut():
    assert clean_query("a\x00b\n\tc") == "a b c"
    assert len(clean_query("ord " * 10_000)) <= 200
    assert len(query_terms(" ".join(f"ord{n}" for n in range(40)), "sv")) == 10
