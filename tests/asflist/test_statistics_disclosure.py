"""No arithmetic on the published tables tells of fewer than three enterprises.

The attacker here shares no code with what guards: ranks in exact fractions, and every way to add
and subtract the published cells.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest

from asflist.enums import Hidden
from asflist.statistics.disclosure import hide

TOTAL = ("total", "")


def enterprise(county: str, industry: str, size: str = "s"):
    return (TOTAL, ("county", county), ("industry", industry), ("size", size))


def rank(rows: list[list[int]]) -> int:
    """The rank by Gauss's elimination in exact fractions."""
    left = [[Fraction(value) for value in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for row in left[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        found += 1
    return found


def published_rows(enterprises, hidden):
    cells = sorted({cell for cells in enterprises for cell in cells} - hidden.keys())
    return [[int(cell in cells) for cells in enterprises] for cell in cells]


def given_away(rows: list[list[int]], number: int) -> list[tuple[int, ...]]:
    """Every one or two enterprises that some combination of the rows touches alone."""
    whole = rank(rows)
    return [
        few
        for count in (1, 2)
        for few in combinations(range(number), count)
        if rank([[v for place, v in enumerate(row) if place not in few] for row in rows]) < whole
    ]


def made_up(seed: int, number: int = 8):
    """Enterprises in three counties, two industries and two sizes, some with a nought."""
    chance = np.random.default_rng(seed)
    return [
        (
            enterprise("abc"[c], "xy"[i], "st"[s]),
            bool(chance.random() > 0.25),
        )
        for c, i, s in chance.integers([3, 2, 2], size=(number, 3))
    ]


@pytest.mark.parametrize("seed", range(60))
def test_no_combination_of_cells_touches_one_or_two_enterprises(seed):
    contributors = made_up(seed, number=5 + seed % 8)
    hidden = hide(contributors)
    everybody = [cells for cells, _counts in contributors]
    assert given_away(published_rows(everybody, hidden), len(everybody)) == []
    # Whoever knows which enterprises have reported nought learns no more of the others.
    not_nought = [cells for cells, counts in contributors if counts]
    assert given_away(published_rows(not_nought, hidden), len(not_nought)) == []


@pytest.mark.parametrize("seed", range(12))
def test_no_adding_and_subtracting_of_tables_touches_one_or_two_enterprises(seed):
    contributors = made_up(seed)
    rows = published_rows([cells for cells, _counts in contributors], hide(contributors))
    for signs in product((-1, 0, 1), repeat=len(rows)):
        touched = [sum(s * row[e] for s, row in zip(signs, rows, strict=True)) for e in range(8)]
        assert sum(map(bool, touched)) not in (1, 2)


def test_the_attacker_of_these_tests_finds_what_is_not_guarded():
    everybody = [enterprise("a", "x")] * 3 + [enterprise("b", "x")]
    rows = published_rows(everybody, {})
    assert (3,) in given_away(rows, 4)
    only_too_few = published_rows(everybody, {("county", "b"): Hidden.TOO_FEW})
    assert (3,) in given_away(only_too_few, 4)  # The total less county a.


def test_a_cell_with_fewer_than_three_goes_and_another_goes_to_protect_it():
    contributors = [(enterprise(county, "x"), True) for county in "aaabbbbc"]
    assert hide(contributors) == {
        ("county", "c"): Hidden.TOO_FEW,
        ("county", "a"): Hidden.PROTECTED,
    }


def test_a_difference_across_two_kinds_of_tables_is_found():
    """County a and industry x hold the same enterprises but for one."""
    contributors = [(enterprise("a", "x"), True)] * 4 + [(enterprise("a", "y"), True)]
    contributors += [(enterprise("b", "y"), True)] * 4
    hidden = hide(contributors)
    assert Counter(hidden.values())[Hidden.PROTECTED] >= 1
    everybody = [cells for cells, _counts in contributors]
    assert given_away(published_rows(everybody, hidden), 9) == []


def test_nothing_is_hidden_where_three_or_more_stand_everywhere():
    contributors = [
        (enterprise(county, industry), True)
        for county, industry in product("ab", "xy")
        for _times in range(3)
    ]
    assert hide(contributors) == {}


def test_a_nought_that_three_have_reported_is_published():
    contributors = [(enterprise("a", "x"), False)] * 3 + [(enterprise("b", "x"), True)] * 3
    assert hide(contributors) == {}


def test_a_sum_that_one_enterprise_makes_and_others_add_nought_to_is_not_published():
    contributors = [(enterprise("a", "x"), True)] + [(enterprise("a", "x"), False)] * 2
    contributors += [(enterprise("b", "y"), True)] * 5
    assert hide(contributors)["county", "a"] == Hidden.PROTECTED


def test_the_order_of_the_reports_makes_no_difference():
    contributors = made_up(7, number=14)
    assert hide(reversed(contributors)) == hide(contributors)
    assert hide(contributors[5:] + contributors[:5]) == hide(contributors)


def test_everything_goes_where_only_two_have_reported():
    contributors = [(enterprise("a", "x"), True), (enterprise("b", "x"), True)]
    assert set(hide(contributors).values()) == {Hidden.TOO_FEW}
    assert hide([]) == {}
