"""What staff do with certificates. Each function writes down who did it, and when."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from asflist.certification.plan import is_ready, progress_of
from asflist.enums import ListingAction, ListingState
from asflist.models import CertificationStep, CertificationStepDone, Enterprise
from asflist.states import Actor, NotPossibleError, record
from core.dates import swedish_today


def lock(enterprise: Enterprise) -> Enterprise:
    """Return the entry in the source language, locked until the transaction ends."""
    return Enterprise.objects.select_for_update(of=("self",)).get(
        translation_key=enterprise.translation_key, locale__language_code=settings.LANGUAGE_CODE
    )


def mark_step(
    enterprise: Enterprise, step: CertificationStep, by: User, *, done_on: date | None
) -> None:
    """Know a step as done on a day, or with None as not done; nothing where it is so already.

    Raises ``ValidationError`` for a day that has not come.
    """
    if done_on is not None and done_on > swedish_today():
        raise ValidationError(_("The day has not come yet."))
    with transaction.atomic():
        source = lock(enterprise)
        rows = CertificationStepDone.objects.filter(enterprise=source, step=step)
        if done_on is None:
            changed = bool(rows.delete()[0])
        else:
            row, changed = CertificationStepDone.objects.get_or_create(
                enterprise=source, step=step, defaults={"done_on": done_on, "by": by}
            )
            if row.done_on != done_on:
                changed = bool(rows.update(done_on=done_on, by=by))
        if changed:
            record(
                source,
                ListingAction.CERTIFICATION_STEP,
                by,
                step=step.title,
                done_on=done_on.isoformat() if done_on else None,
            )


def certify(enterprise: Enterprise, until: date, by: User, *, reason: str = "") -> None:
    """Certify an approved entry until and including a day.

    ``reason`` is needed where a step is not done. Raises ``ValidationError`` by the field ``until``
    or ``reason``, and ``NotPossibleError`` for an entry that is not on the list.
    """
    if until < swedish_today():
        raise ValidationError({"until": _("The day has passed already.")})
    with transaction.atomic():
        source = lock(enterprise)
        if source.state != ListingState.APPROVED:
            raise NotPossibleError(_("Only an entry that is on the list can be certified."))
        progress = progress_of(source)
        missing = [step.step.title for step in progress if not step.done_on]
        if not is_ready(progress) and not reason.strip():
            raise ValidationError(
                {"reason": _("Not every step is done. Say why it is certified all the same.")}
            )
        write(source, until)
        record(
            source,
            ListingAction.CERTIFIED,
            by,
            reason=reason,
            until=until.isoformat(),
            missing=missing,
        )
    enterprise.refresh_from_db()


def end_certificate(enterprise: Enterprise, by: Actor, reason: str) -> None:
    """End a certificate now. Raises ``ValidationError`` without a reason or a valid certificate."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the certificate ends.")})
    with transaction.atomic():
        source = lock(enterprise)
        until = source.certified
        if until is None:
            raise NotPossibleError(_("There is no valid certificate."))
        write(source, None)
        record(
            source,
            ListingAction.CERTIFICATE_ENDED,
            by,
            reason=reason,
            until=until.isoformat(),
        )
    enterprise.refresh_from_db()


def write(source: Enterprise, until: date | None) -> None:
    """Write the day to the entry in every language, and let the list's index know."""
    for row in Enterprise.objects.filter(translation_key=source.translation_key):
        row.certified_until = until
        row.save(update_fields=["certified_until"])
