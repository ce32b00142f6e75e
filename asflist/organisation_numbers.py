"""Swedish organisation numbers (lag 1974:174; ten digits, the last a Luhn check digit)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from stdnum.exceptions import InvalidChecksum
from stdnum.exceptions import ValidationError as NumberError
from stdnum.se import orgnr

# The third and fourth digit of an organisation are at least 20; of a person they are a month.
FIRST_ORGANISATION = "20"


def normalise(number: str) -> str:
    """Return ``number`` as NNNNNN-NNNN; accepts spaces, no hyphen, and the century 16 first.

    Raises ``ValidationError`` with a message for the reader when it is no organisation number.
    """
    digits = orgnr.compact(number)
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    try:
        orgnr.validate(digits)
    except InvalidChecksum as error:
        raise ValidationError(
            _("The number's last digit does not agree with the others. Check every digit."),
            code="checksum",
        ) from error
    except NumberError as error:
        raise ValidationError(
            _("An organisation number has ten digits, for example 769600-1234."), code="format"
        ) from error
    if digits[2:4] < FIRST_ORGANISATION:
        raise ValidationError(
            _("This is a personal identity number. Give the number of the association or company."),
            code="person",
        )
    return str(orgnr.format(digits))


def validate_organisation_number(number: str) -> None:
    """Raise ``ValidationError`` when ``number`` is no organisation number."""
    normalise(number)
