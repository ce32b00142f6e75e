"""What happens when something of the foundation is saved."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from wagtail_localize.models import SegmentOverride

from core.models import CustomImage
from core.pictures import refresh_pictures


@receiver(post_save, sender=CustomImage)
def make_pictures_of_saved_image(instance: CustomImage, raw: bool = False, **kwargs: Any) -> None:
    """Make the web sizes now, so that no visitor's request has to."""
    if not raw and instance.file:
        refresh_pictures(instance)


# As browsers read it, who skip white space and control characters (https://url.spec.whatwg.org/).
RUNS_SCRIPT = re.compile(r"(?:java|vb)script:", re.IGNORECASE)
SKIPPED = re.compile(r"[\x00-\x20\x7f-\xa0]+")


@receiver(pre_save, sender=SegmentOverride)
def refuse_translated_links_that_run_scripts(instance: SegmentOverride, **kwargs: Any) -> None:
    """Answer 400 to a translator's address that is a script: wagtail-localize checks none."""
    value = json.loads(instance.data_json)
    if isinstance(value, str) and RUNS_SCRIPT.match(SKIPPED.sub("", value)):
        raise SuspiciousOperation("A link that runs a script.")
