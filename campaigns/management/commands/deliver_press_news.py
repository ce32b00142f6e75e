"""Press news whose delivery was cut short is taken up again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from campaigns.press.delivery import undelivered
from campaigns.press.tasks import send_press_news


class Command(BaseCommand):
    help = "Starts the mailing of press news that somebody has not got yet. Run it every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        """Leave to the worker each item that somebody is still to get and that does not wait there.

        A task that is running may have died with its worker, which nothing tells; a second one for
        the same item does no harm.
        """
        waiting = {
            row.args_kwargs["args"][0]
            for row in DBTaskResult.objects.filter(
                status=TaskResultStatus.READY, task_path=send_press_news.module_path
            )
        }
        for page_id in undelivered():
            if page_id not in waiting:
                send_press_news.enqueue(page_id)
