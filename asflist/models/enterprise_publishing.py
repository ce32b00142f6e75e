"""Publishing an entry as one step that knows who took it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import transaction

from asflist.acting import acting
from asflist.models.enterprise_state import OUTSIDE_REVISIONS

if TYPE_CHECKING:
    from wagtail.models import DraftStateMixin as Base
else:
    Base = object


class EnterprisePublishing(Base):
    """Stands before Wagtail's mixins: each of their ways to publish goes through this method.

    State, history and letters follow from Wagtail's signals (``asflist.review.doors``), which do
    not tell who acts; all of it is one transaction.
    """

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """Publish or schedule a revision, as Wagtail does."""
        with transaction.atomic(), acting(kwargs.get("user"), publishing=True):
            super().publish(*args, **kwargs)

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """Return the entry as a revision has it, but for what no revision decides."""
        entry: Self = super().with_content_json(content)
        for name in OUTSIDE_REVISIONS:
            setattr(entry, name, getattr(self, name))
        return entry
