"""Which figures must be left out so that none tells of fewer than three enterprises.

A published sum is a row of noughts and ones over the enterprises that have reported. Whoever reads
the tables can add and subtract the rows, so what they can learn is the space that the rows span
(linear disclosure; Willenborg and de Waal, Elements of Statistical Disclosure Control, Springer
2001, chapter 6). A vector in that space that touches only one or two enterprises gives them away.

Enterprises in exactly the same published cells cannot be told apart and make one class. With P the
projector on the row space, a class i can be derived if and only if P_ii = 1, and some combination
of two classes i and j alone if and only if (1 - P_ii)(1 - P_jj) = P_ij². Readers may know who has
reported nought, so the same must hold among those who have not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from asflist.enums import Hidden

#: How many enterprises must stand behind a figure.
LEAST = 3
#: What counts as nought in floating point; the matrices hold noughts and ones only.
NOUGHT = 1e-7

Cell = tuple[str, str]
#: How many enterprises stand in exactly these cells.
Patterns = Counter[frozenset[Cell]]
Matrix = np.ndarray[Any, np.dtype[np.float64]]


def hide(contributors: Iterable[tuple[Sequence[Cell], bool]]) -> dict[Cell, Hidden]:
    """Return the cells of one measure and year that must not be published, each with the reason.

    A contributor is the cells that an enterprise's figure is added to, and whether the figure is
    other than nought. The same contributors always give the same answer: cells with few behind
    them go first, and what need not have gone is brought back.
    """
    all_of_them: Patterns = Counter()
    not_nought: Patterns = Counter()
    sizes: Counter[Cell] = Counter()
    for cells, counts in contributors:
        pattern = frozenset(cells)
        all_of_them[pattern] += 1
        sizes.update(pattern)
        if counts:
            not_nought[pattern] += 1

    def first(published: list[Cell]) -> list[Cell]:
        return find_exposing(published, all_of_them) or find_exposing(published, not_nought)

    order = sorted(sizes, key=lambda cell: (sizes[cell], cell))
    too_few = [cell for cell in order if sizes[cell] < LEAST]
    safe, protecting = protect([cell for cell in order if cell not in set(too_few)], first)
    bring_back(safe, protecting, first)
    return dict.fromkeys(too_few, Hidden.TOO_FEW) | dict.fromkeys(protecting, Hidden.PROTECTED)


FindExposing = Callable[[list[Cell]], list[Cell]]


def protect(published: list[Cell], exposing: FindExposing) -> tuple[list[Cell], list[Cell]]:
    """Take cells away, smallest first, until nothing can be derived; return both kinds.

    ``published`` begins with the smallest.
    """
    published, taken = list(published), []
    while guilty := exposing(published):
        smallest = min(guilty, key=published.index)
        published.remove(smallest)
        taken.append(smallest)
    return published, taken


def bring_back(published: list[Cell], taken: list[Cell], exposing: FindExposing) -> None:
    """Publish again, largest first, what can be derived from nothing and exposes nobody."""
    for cell in reversed(taken.copy()):
        if not exposing([*published, cell]):
            published.append(cell)
            taken.remove(cell)


def find_exposing(published: list[Cell], patterns: Patterns) -> list[Cell]:
    """Return the cells that together give away fewer than ``LEAST`` enterprises; none if safe."""
    matrix, sizes = as_matrix(published, patterns)
    if not sizes.size:
        return []
    vector = next(exposed(matrix, sizes), None)
    if vector is None:
        return []
    weights = np.linalg.lstsq(matrix.T, vector, rcond=None)[0]
    return [cell for cell, w in zip(published, weights, strict=True) if abs(w) > NOUGHT]


def as_matrix(published: list[Cell], patterns: Patterns) -> tuple[Matrix, Matrix]:
    """Return the published cells as rows over the classes, and how many are in each class."""
    place = {cell: number for number, cell in enumerate(published)}
    classes: Counter[tuple[int, ...]] = Counter()
    for pattern, number in patterns.items():
        if rows := tuple(sorted(place[cell] for cell in pattern if cell in place)):
            classes[rows] += number
    matrix = np.zeros((len(published), len(classes)))
    for column, rows in enumerate(sorted(classes)):
        matrix[list(rows), column] = 1
    return matrix, np.array([classes[rows] for rows in sorted(classes)], dtype=float)


def exposed(matrix: Matrix, sizes: Matrix) -> Iterator[Matrix]:
    """Yield vectors of the row space that touch fewer than ``LEAST`` enterprises."""
    # An orthonormal basis by way of the small square of the cells: there may be many classes.
    values, vectors = np.linalg.eigh(matrix @ matrix.T)
    kept = values > NOUGHT
    basis = (vectors[:, kept] / np.sqrt(values[kept])).T @ matrix
    gap = 1 - (basis**2).sum(axis=0)
    for one in np.flatnonzero((sizes < LEAST) & (gap < NOUGHT)):
        yield np.eye(len(sizes))[one]
    alone = np.flatnonzero((sizes == 1) & (gap >= NOUGHT))
    among = basis[:, alone].T @ basis[:, alone]
    product = np.outer(gap[alone], gap[alone])
    singular_pairs = np.triu(product - among**2 < NOUGHT * product, k=1)
    for i, j in np.argwhere(singular_pairs):
        vector = np.zeros(len(sizes))
        vector[alone[i]], vector[alone[j]] = among[i, j], gap[alone[i]]
        yield vector
