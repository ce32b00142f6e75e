"""What makes an enterprise an ASF, and its share of people from the target group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from asflist.enums import Criterion

#: Percent of those employed or occupied that reserved procurement asks for (LOU 4 kap. 18 §).
RESERVED_SHARE = 30
PROOF_LENGTH = 600
PROOF_HELP = _("One or two sentences, and where it is written: statutes, minutes, annual report.")


@dataclass(frozen=True)
class CriterionAnswer:
    """What an enterprise says of a criterion; ``met`` is None before it has answered."""

    criterion: Criterion
    met: bool | None
    proof: str


def met(criterion: Criterion, help_text: Any) -> models.BooleanField:
    """Return the field that says whether a criterion is met."""
    return models.BooleanField(criterion.label, null=True, blank=True, help_text=help_text)


def proof() -> models.TextField:
    """Return the field that says how one sees that a criterion is met; visitors do not see it."""
    return models.TextField(
        _("how one sees it"), max_length=PROOF_LENGTH, blank=True, help_text=PROOF_HELP
    )


class EnterpriseCriteria(models.Model):
    """The list's four criteria, each with a proof for the reviewers, and the target group."""

    integrates = met(
        Criterion.INTEGRATES,
        _("You exist so that people who have great difficulty getting work can work."),
    )
    integrates_proof = proof()
    participation = met(
        Criterion.PARTICIPATION,
        _("Through ownership, membership, meetings or in another way you can show."),
    )
    participation_proof = proof()
    reinvests = met(Criterion.REINVESTS, _("In the enterprise, or in one with a similar purpose."))
    reinvests_proof = proof()
    independent = met(
        Criterion.INDEPENDENT, _("No municipality, region or authority decides over you.")
    )
    independent_proof = proof()
    target_group_share = models.PositiveSmallIntegerField(
        _("share from the target group"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_(
            "Percent of all who are employed or occupied who belong to the target group. "
            "Reserved contracts ask for at least 30 (LOU chapter 4, section 18)."
        ),
    )
    target_group_share_on = models.DateField(
        _("share counted on"), null=True, blank=True, help_text=_("The day you counted.")
    )

    class Meta:
        abstract = True

    @property
    def criteria_met(self) -> list[Criterion]:
        """The criteria that the enterprise says it meets, in their order."""
        return [criterion for criterion in Criterion if getattr(self, criterion.value)]

    @property
    def criteria_answers(self) -> list[CriterionAnswer]:
        """What the enterprise says of each criterion, in their order."""
        return [
            CriterionAnswer(name, getattr(self, name.value), getattr(self, f"{name.value}_proof"))
            for name in Criterion
        ]

    @property
    def may_have_reserved(self) -> bool:
        """Whether the share is enough for reserved contracts (LOU 4 kap. 18 §)."""
        return (self.target_group_share or 0) >= RESERVED_SHARE

    def share_errors(self) -> dict[str, ValidationError]:
        """Return field → what is wrong, where a share has no day."""
        if self.target_group_share is None or self.target_group_share_on:
            return {}
        return {"target_group_share_on": ValidationError(_("Say which day you counted."))}
