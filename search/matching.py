"""How the two databases find and rank the index's tokens.

PostgreSQL has a generated ``tsvector`` column with a GIN index, made by the migration; SQLite looks
for a space and the prefix. Both see the same tokens, so both find the same entries.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import Case, F, Func, IntegerField, Q, Value, When
from django.db.models.expressions import Expression
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from core.analysis import Term

COLUMNS = ("title_words", "lead_words", "body_words")
# For the words' places in PostgreSQL's order D, C, B, A: body, (unused), introduction, title.
WEIGHTS = [0.1, 0.1, 0.4, 1.0]
TITLE, LEAD = 4, 1


def prepare(entries: Any, vendor: str) -> Any:
    """Return ``entries`` with what ``is_hit`` and ``rank`` refer to."""
    if vendor != "postgresql":
        return entries
    column = Func(template='"search_searchentry"."vector"', output_field=SearchVectorField())
    return entries.alias(vector=column)


def is_hit(term: Term, vendor: str) -> Q:
    """Return the condition that an entry holds a word that ``term`` finds."""
    if vendor == "postgresql":
        return Q(vector=SearchQuery(as_tsquery(term), config="simple", search_type="raw"))
    return reduce(or_, (contains(column, term) for column in COLUMNS))


def contains(column: str, term: Term) -> Q:
    """Return the condition that one column of tokens holds a word that ``term`` finds."""
    found = reduce(or_, (holds(column, f" {prefix}") for prefix in term.prefixes))
    return found if term.stem in term.prefixes else found | holds(column, f" {term.stem} ")


def holds(column: str, text: str) -> Q:
    """Return the condition that a column holds ``text``; LIKE, which folds case, is much slower."""
    return Q(GreaterThan(StrIndex(column, Value(text)), 0))


def as_tsquery(term: Term) -> str:
    """Return ``term`` in PostgreSQL's query language; a term is letters and digits only."""
    return " | ".join([f"'{term.stem}'", *(f"'{prefix}':*" for prefix in term.prefixes)])


def rank(terms: list[Term], vendor: str) -> Expression:
    """Return the expression that orders hits: titles weigh most, and whole words count twice."""
    if vendor == "postgresql":
        return vector_rank(map(as_tsquery, terms)) + 2 * vector_rank(f"'{t.stem}'" for t in terms)
    return Func(
        *(
            Case(When(condition, then=weight), default=0)
            for term in terms
            for condition, weight in (
                (holds("title_words", f" {term.stem} "), TITLE),
                (contains("title_words", term), TITLE),
                (contains("lead_words", term), LEAD),
            )
        ),
        template="(%(expressions)s)",
        arg_joiner=" + ",
        output_field=IntegerField(),
    )


def vector_rank(queries: Iterable[str]) -> SearchRank:
    """Return PostgreSQL's rank of an entry for any of the queries."""
    query = SearchQuery(" | ".join(queries), config="simple", search_type="raw")
    return SearchRank(F("vector"), query, weights=WEIGHTS)
