"""Make the groups, their permissions and the review workflows."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from home.access import ROLES, set_up_groups, set_up_workflows


class Command(BaseCommand):
    """Safe to run again, and to be run after every deployment."""

    help = __doc__

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        set_up_groups()
        set_up_workflows()
        self.stdout.write(", ".join(role.name for role in ROLES))
