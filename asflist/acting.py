"""Who acts, and how, for what Wagtail's signals do not tell those who hear them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from asflist.models.enterprise_owner import EnterpriseOwner


@dataclass(frozen=True)
class Acting:
    """``by`` is None for the site itself; ``publishing`` while a revision is being published.

    ``details`` are written down with what is done, ``silent`` means that no mail tells of it.
    """

    by: User | EnterpriseOwner | None = None
    publishing: bool = False
    silent: bool = False
    details: dict[str, Any] = field(default_factory=dict)


_now: ContextVar[Acting] = ContextVar("acting")


def who_acts() -> Acting:
    """Return who acts now, by default the site itself."""
    return _now.get(Acting())


@contextmanager
def acting(
    by: User | EnterpriseOwner | None = None,
    *,
    publishing: bool = False,
    silent: bool = False,
    **details: Any,
) -> Iterator[None]:
    """Know who acts within the block; what an outer block says holds unless this one says more."""
    outer = who_acts()
    token = _now.set(
        Acting(
            by if by is not None else outer.by,
            publishing or outer.publishing,
            silent or outer.silent,
            outer.details | details,
        )
    )
    try:
        yield
    finally:
        _now.reset(token)
