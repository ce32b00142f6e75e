"""LIX, and what editors are told of it."""

import time

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from core.readability import FEWEST_WORDS, lix

EASY = "Ett ASF är ett företag. Där får alla vara med. Man lär sig jobbet. Man får tid. " * 3
HARD = (
    "Arbetsintegrerande verksamheters samhällsekonomiska konsekvenser förutsätter "
    "tvärsektoriella uppföljningsmodeller vilkas implementering förutsätter långsiktiga "
    "finansieringslösningar, organisationsövergripande samverkansstrukturer och "
    "kvalitetssäkrade indikatorer. "
) * 3


def test_lix_is_words_a_sentence_and_the_percentage_of_long_words():
    # 40 words in four sentences, four of them longer than six letters: 10 + 10.
    text = " ".join(["en"] * 9 + ["sjubokstäver"]) + ". "
    assert lix([text * 4]) == 20


def test_six_letters_are_not_many_and_seven_are():
    assert lix(["sexbok. " * 40]) == 1
    assert lix(["sjubokt. " * 40]) == 101


def test_a_heading_and_an_item_are_sentences_without_a_full_stop():
    assert lix(["en två tre fyra\n" * 10]) == lix(["en två tre fyra. " * 10]) == 4
    assert lix(["en två tre fyra"] * 10) == 4


def test_an_abbreviation_or_a_decimal_point_ends_no_sentence():
    assert lix(["det kostar 3.5 kronor i dag. " * 10]) == 5


def test_a_long_row_of_dots_takes_no_time():
    started = time.process_time()
    assert lix(["ett ord " * FEWEST_WORDS, "." * 30_000 + "x"]) is not None
    assert time.process_time() - started < 1


def test_a_short_text_has_no_index():
    assert lix(["Några få ord."]) is None
    assert lix([]) is None


@pytest.fixture
def save(home, admin_client_sv):
    """Saves the home page with a text, and gives what the editor sees then."""

    def save(text):
        data = nested_form_data(
            {
                "title": "Hem",
                "slug": "home",
                "introduction": "",
                "heading": "",
                "body": streamfield([("text", rich_text(f"<p>{text}</p>"))]),
                "comments": inline_formset([]),
            }
        )
        url = reverse("wagtailadmin_pages:edit", args=[home.pk])
        return admin_client_sv.post(url, data, follow=True).content.decode()

    return save


@pytest.mark.parametrize(("text", "warned"), [(EASY, False), (HARD, True)])
def test_an_editor_is_warned_of_a_text_that_is_hard_to_read(save, text, warned):
    page = save(text)
    assert ("svår att läsa: LIX" in page) is warned
    assert "Läsbarhet (LIX)" in page
