"""What is typed in a plain field becomes rich text, and comes back as it was typed."""

import pytest

from asflist.applications.plain_texts import to_html, to_text
from asflist.rich_text import clean_html

PAIRS = [
    ("", ""),
    ("Lunch.", "<p>Lunch.</p>"),
    ("Lunch.\n\nFika.", "<p>Lunch.</p><p>Fika.</p>"),
    ("Lunch,\nfika.", "<p>Lunch,<br/>fika.</p>"),
    ("- Lunch\n- Fika", "<ul><li>Lunch</li><li>Fika</li></ul>"),
    ("1. Ring\n2. Beställ", "<ol><li>Ring</li><li>Beställ</li></ol>"),
    ("Vi:\n\n- här\n- där\n\nRing.", "<p>Vi:</p><ul><li>här</li><li>där</li></ul><p>Ring.</p>"),
    ("**Ny** meny", "<p><b>Ny</b> meny</p>"),
    ("_Ny_ meny", "<p><i>Ny</i> meny</p>"),
    (
        "Se [menyn](https://kafe.example/a_b_c)",
        '<p>Se <a href="https://kafe.example/a_b_c">menyn</a></p>',
    ),
    ("Se [oss](page:12)", '<p>Se <a id="12" linktype="page">oss</a></p>'),
    (
        "Skriv till [oss](mailto:hej@kafe.example)",
        '<p>Skriv till <a href="mailto:hej@kafe.example">oss</a></p>',
    ),
    ("Mer än 5 & färre än 9", "<p>Mer än 5 &amp; färre än 9</p>"),
]


@pytest.mark.parametrize(("text", "html"), PAIRS)
def test_text_becomes_rich_text_and_comes_back(text, html):
    assert to_html(text) == html
    assert to_text(html) == text


@pytest.mark.parametrize(
    "html",
    [
        "<p>En <b>fet</b>, <i>sned</i>.</p><ul><li><b>Ett</b></li><li>Två</li></ul><p>Slut</p>",
        '<p data-block-key="x1y2">Som redigeraren skriver.</p><p data-block-key="b">Två.</p>',
        "<ol><li>Ett</li><li>Två</li><li>Tre</li></ol>",
        '<p><a href="https://a.example/?b=1&amp;c=2">Länk</a></p>',
    ],
)
def test_what_the_editor_wrote_survives_a_round(html):
    again = to_html(to_text(html))
    assert again == clean_html(html)
    assert to_text(again) == to_text(html)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        '[x](https://a.example/"onmouseover="alert(1))',
        "**<b onclick=alert(1)>**",
        "[<script>](https://a.example)",
    ],
)
def test_markup_that_is_typed_is_words(typed):
    html = to_html(typed)
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html.replace("[x](javascript:alert(1))", "")
    assert "onmouseover=" not in html.replace("&quot;", "").replace("%22", "") or "<a" not in html
    assert "<b onclick" not in html


def test_what_is_no_emphasis_is_left_alone():
    assert to_html("3 * 4 ** 2, a_b_c och ** ensam") == "<p>3 * 4 ** 2, a_b_c och ** ensam</p>"
