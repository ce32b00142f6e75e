"""What a page must have before it is public: one rule for a kind of page, asked at every door.

A kind of page says in ``lacking`` what it still lacks. It is asked in the editor's form
(``core.publishing_form``), whenever a revision is published or scheduled, and, for whatever comes
another way, whenever the page is saved as live. Drafts are always saved.

Not guarded, because Django tells nobody of them: ``QuerySet.update`` and ``loaddata``.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy

from core.mail import compose, full_url
from core.publishing_form import GatedPageForm

if TYPE_CHECKING:
    from wagtail.models import Page as Base
else:
    Base = object

logger = logging.getLogger(__name__)

#: Field → what it lacks, in sentences in the active language.
Lacking = dict[str, list[str]]
#: The log action that ``publish_scheduled`` publishes with (Wagtail's audit log).
BY_SCHEDULE = "wagtail.publish.scheduled"
#: Our own log action: the moment came, and the page was not ready.
HELD_BACK = "core.held_back"


class PublishingRefusedError(ValidationError):
    """A page that lacks something was to be made public."""

    def __init__(self, page: Page, lacking: Lacking) -> None:
        super().__init__(lacking)
        self.page = page
        self.lacking = lacking

    def __str__(self) -> str:
        return in_words(self.page, self.lacking)


class PublishingGate(Base):
    """A page that is public only when it lacks nothing. Stands before ``BasePage`` among bases."""

    base_form_class = GatedPageForm

    def lacking(self) -> Lacking:
        """Return field → what the page lacks to be public, its child rows as they are in memory."""
        raise NotImplementedError

    def refuse_if_lacking(self) -> None:
        """Raise ``PublishingRefusedError`` for a page that lacks something.

        An alias has nothing of its own: it is ready when its source is.
        """
        asked = self.alias_of.specific if self.alias_of_id else self
        if asked is not self and asked.live:
            return
        if lacking := asked.lacking():
            raise PublishingRefusedError(self, lacking)

    def save(
        self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any
    ) -> Any:
        """Save; raises ``PublishingRefusedError`` when a page that lacks something would be live.

        What Wagtail writes beside the content (``update_fields``) passes: in memory the page is
        then a draft of what is live.
        """
        fields = kwargs.get("update_fields")
        if self.live and (fields is None or "live" in fields):
            self.refuse_if_lacking()
        return super().save(clean=clean, user=user, log_action=log_action, **kwargs)

    def publish(
        self,
        revision: Revision,
        user: Any = None,
        changed: bool = True,
        log_action: Any = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> None:
        """Publish or schedule ``revision``; raises ``PublishingRefusedError`` when it lacks any.

        When its moment has come it is held back instead, so that the other pages go out.
        """
        page = revision.as_object()
        try:
            page.refuse_if_lacking()
        except PublishingRefusedError:
            if log_action != BY_SCHEDULE:
                raise
            hold_back(page, revision)
            return
        super().publish(
            revision,
            user=user,
            changed=changed,
            log_action=log_action,
            previous_revision=previous_revision,
            skip_permission_checks=skip_permission_checks,
        )

    def update_aliases(self, **kwargs: Any) -> None:
        """Let the aliases follow the page; not when it has only been scheduled.

        Wagtail would put them on the site at once.
        """
        if self.live:
            super().update_aliases(**kwargs)


def in_words(page: Page, lacking: Lacking) -> str:
    """Return why ``page`` cannot be public, as one line of text."""
    return _("“%(title)s” cannot be published. %(reasons)s") % {
        "title": page.get_admin_display_title(),
        "reasons": reasons(lacking),
    }


def reasons(lacking: Lacking) -> str:
    """Return all that is lacking as one line of text."""
    return " ".join(sentence for sentences in lacking.values() for sentence in sentences)


def hold_back(page: PublishingGate, revision: Revision) -> None:
    """Take back the moment of a ``revision`` that is not ready, and tell of it once."""
    lacking = page.lacking()
    logger.error("Not published at its moment: %s", in_words(page, lacking))
    # A moment that stays would have it tried, and told of, each minute.
    revision.approved_go_live_at = None
    revision.save(update_fields=["approved_go_live_at"])
    log(instance=page, action=HELD_BACK, data={"reasons": reasons(lacking)}, revision=revision)
    tell_moderators(page)


def tell_moderators(page: PublishingGate) -> None:
    """Mail those who may publish ``page`` what it lacks; that mail fails stops nothing."""
    users = page_permission_policy.users_with_permission_for_instance("publish", page)
    users = users.exclude(email="").select_related("wagtail_userprofile").distinct()
    try:
        get_connection().send_messages([notice(page, user) for user in users])
    except Exception:
        logger.exception("Nobody could be told that page %s was held back", page.pk)


def notice(page: PublishingGate, user: User) -> EmailMessage:
    """Return the mail to ``user`` about a page that was held back, in their admin's language."""
    profile = getattr(user, "wagtail_userprofile", None)
    language = profile.get_preferred_language() if profile else "sv"
    with translation.override(language):
        lacking = [sentence for sentences in page.lacking().values() for sentence in sentences]
    context = {
        "page": page,
        "lacking": lacking,
        "edit_url": full_url(reverse("wagtailadmin_pages:edit", args=[page.pk])),
    }
    return compose("core/mail/held_back.txt", context, to=user.email, language=language)
