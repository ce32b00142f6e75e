"""Phone numbers and file formats as links hold them."""

import pytest

from core.text import format_name, tel


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("026-12 34 56", "+4626123456"),
        ("+46 26 12 34 56", "+4626123456"),
        ("+46 (0)26-12 34 56", "+4626123456"),
        ("(026) 12 34 56", "+4626123456"),
        ("112", "112"),
        ("", ""),
    ],
)
def test_a_phone_number_can_be_dialled_from_anywhere(written, dialled):
    assert tel(written) == dialled


@pytest.mark.parametrize(
    ("name", "shown"), [("documents/mall.docx", "DOCX"), ("a.b/README", ""), ("x.tar.gz", "GZ")]
)
def test_a_file_format_is_its_last_ending(name, shown):
    assert format_name(name) == shown
