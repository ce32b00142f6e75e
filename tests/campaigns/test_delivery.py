"""Press news by mail: to everybody who wants it, each item once, also when a worker dies midway."""

from __future__ import annotations

import os
import signal
import smtplib
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as Outbox
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from campaigns.models import PressDelivery, PressSubscription
from campaigns.press.delivery import WINDOW, deliver, undelivered
from campaigns.press.subscriptions import unsubscribe_link
from campaigns.press.tasks import send_press_news
from library.models import FilmPage, LibraryIndexPage
from tests.campaigns.factories import DebateArticlePageFactory, PressReleasePageFactory
from tests.library.factories import add

GAVLEBORG, STOCKHOLM = "21", "01"
QUEUE = settings.TASKS | {"mail": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def subscribe(db):
    """Confirm a subscription, a day ago unless told."""

    def make(email, *, ago=timedelta(days=1), **fields):
        return PressSubscription.objects.create(
            email=email, confirmed_at=timezone.now() - ago, **fields
        )

    return make


@pytest.fixture
def publish(press_room, django_capture_on_commit_callbacks):
    """Write a draft in the press room and publish it, as an editor does."""

    def make(factory=PressReleasePageFactory, **fields):
        unpublished = {"live": False, "first_published_at": None, "last_published_at": None}
        page = factory(parent=press_room, **unpublished, **fields)
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()
        page.refresh_from_db()
        return page

    return make


def receivers():
    """Who has been mailed, in the order of the alphabet, as often as they have."""
    return sorted(address for message in mail.outbox for address in message.to)


def queued():
    """The queue's deliveries of press news."""
    return DBTaskResult.objects.filter(task_path=send_press_news.module_path)


def test_a_release_reaches_those_who_want_it_when_it_is_published(publish, subscribe):
    subscribe("allt@t.example")
    subscribe("pressmeddelanden@t.example", kind="release")
    subscribe("debatt@t.example", kind="debate")
    subscribe("gavleborg@t.example", county_code=GAVLEBORG)
    subscribe("stockholm@t.example", county_code=STOCKHOLM)
    subscribe("english@t.example", language="en")
    PressSubscription.objects.create(email="obekraftad@t.example")
    page = publish(title="Fler får jobb", county_code=GAVLEBORG)
    assert receivers() == ["allt@t.example", "gavleborg@t.example", "pressmeddelanden@t.example"]
    message = mail.outbox[0]
    assert message.subject == "Pressmeddelande: Fler får jobb"
    assert page.introduction in message.body
    assert f"{settings.WAGTAILADMIN_BASE_URL}{page.url}" in message.body
    assert "Gävleborgs län" in message.body


def test_news_of_the_whole_country_reaches_every_county(publish, subscribe):
    subscribe("gavleborg@t.example", county_code=GAVLEBORG)
    publish(DebateArticlePageFactory)
    assert receivers() == ["gavleborg@t.example"]


def test_a_mail_program_can_end_it_with_one_click(publish, subscribe):
    """RFC 8058 § 3.1: both headers, the address in the first; RFC 5322: one Message-ID a mail."""
    subscription = subscribe("allt@t.example")
    page = publish()
    (message,) = mail.outbox
    headers = message.message()
    assert headers["List-Unsubscribe"] == f"<{unsubscribe_link(subscription)}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Message-ID"] == f"<press-{page.pk}-{subscription.uid}@localhost>"
    assert unsubscribe_link(subscription) in message.body


def test_a_title_cannot_add_a_header(publish, subscribe):
    subscribe("allt@t.example")
    publish(title="Nytt\nBcc: alla@t.example")
    (message,) = mail.outbox
    assert message.recipients() == ["allt@t.example"]
    assert message.message()["Bcc"] is None


def test_a_republication_is_not_sent(publish, subscribe, django_capture_on_commit_callbacks):
    subscribe("allt@t.example")
    page = publish()
    PressDelivery.objects.all().delete()
    page.title = "Rättad"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert len(mail.outbox) == 1


def test_what_is_under_embargo_is_sent_at_its_moment(
    press_room, subscribe, django_capture_on_commit_callbacks
):
    subscribe("allt@t.example")
    moment = timezone.now() + timedelta(days=1)
    unpublished = {"live": False, "first_published_at": None, "last_published_at": None}
    page = PressReleasePageFactory(parent=press_room, go_live_at=moment, **unpublished)
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
        call_command("publish_scheduled")
        call_command("deliver_press_news")
    assert mail.outbox == []
    with time_machine.travel(moment + timedelta(seconds=1)):
        with django_capture_on_commit_callbacks(execute=True):
            call_command("publish_scheduled")
        assert receivers() == ["allt@t.example"]


def test_what_is_withdrawn_before_it_is_sent_is_not_sent(publish, subscribe):
    page = publish()
    subscribe("allt@t.example")
    PressSubscription.objects.update(confirmed_at=page.first_published_at)
    page.unpublish()
    assert deliver(page.pk) == 0
    assert mail.outbox == []


def test_a_film_for_the_press_is_sent_when_it_is_published(
    press_room, home, subscribe, django_capture_on_commit_callbacks
):
    subscribe("filmer@t.example", kind="recording")
    library = add(home, LibraryIndexPage, title="Kunskap", slug="kunskap")
    with django_capture_on_commit_callbacks(execute=True):
        add(library, FilmPage, title="I biblioteket", slug="bara")
        add(library, FilmPage, title="För pressen", slug="press-film", in_press_room=True)
    assert [message.subject for message in mail.outbox] == ["Film: För pressen"]


def test_who_subscribes_afterwards_gets_what_comes_afterwards(publish, subscribe):
    page = publish()
    subscribe("ny@t.example", ago=timedelta())
    assert deliver(page.pk) == 0
    publish()
    assert receivers() == ["ny@t.example"]


def test_two_subscriptions_of_one_address_give_one_mail(publish, subscribe):
    subscribe("allt@t.example")
    subscribe("allt@t.example", kind="release")
    page = publish()
    assert deliver(page.pk) == 0
    assert receivers() == ["allt@t.example"]


def test_old_news_is_not_sent(publish, subscribe):
    subscribe("allt@t.example")
    page = publish()
    PressDelivery.objects.all().delete()
    mail.outbox.clear()
    with time_machine.travel(timezone.now() + WINDOW + timedelta(minutes=1)):
        assert undelivered() == []
        assert deliver(page.pk) == 0
    assert undelivered() == [page.pk]


class Unreliable(Outbox):
    """A mail server that takes two mails and then fails as ``error``, for good."""

    error: Exception = smtplib.SMTPServerDisconnected("red@t.example")

    def send_messages(self, messages):
        if len(mail.outbox) >= 2:
            raise self.error
        return super().send_messages(messages)


@pytest.fixture
def _unreliable(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Unreliable"


@pytest.mark.usefixtures("_unreliable")
def test_whom_a_failing_mail_server_left_out_gets_it_later(publish, subscribe, settings, caplog):
    addresses = [f"{name}@t.example" for name in "abcdefgh"]
    for address in addresses:
        subscribe(address)
    publish()
    assert receivers() == addresses[:2]
    assert PressDelivery.objects.count() == 2
    # It gave up, and said why without saying to whom.
    assert len([record for record in caplog.records if record.name.startswith("campaigns")]) == 3
    assert "SMTPServerDisconnected" in caplog.text
    assert "t.example" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("deliver_press_news")
    assert receivers() == addresses


@pytest.mark.parametrize(
    ("code", "delivered"), [(550, True), (450, False)], ids=["for good", "for now"]
)
@pytest.mark.usefixtures("_unreliable")
def test_an_address_refused_for_good_is_not_tried_again(
    publish, subscribe, monkeypatch, caplog, code, delivered
):
    for name in "abc":
        subscribe(f"{name}@t.example")
    refusal = smtplib.SMTPRecipientsRefused({"c@t.example": (code, b"c@t.example")})
    monkeypatch.setattr(Unreliable, "error", refusal)
    publish()
    assert PressDelivery.objects.filter(subscription__email="c@t.example").exists() == delivered
    assert str(code) in caplog.text
    assert "t.example" not in caplog.text


def test_the_queue_holds_no_personal_data(publish, subscribe, settings):
    settings.TASKS = QUEUE
    subscribe("allt@t.example")
    page = publish()
    (task,) = queued()
    assert task.args_kwargs == {"args": [page.pk], "kwargs": {}}


def test_what_waits_in_the_queue_is_not_put_there_again(publish, subscribe, settings):
    settings.TASKS = QUEUE
    subscribe("allt@t.example")
    page = publish()
    call_command("deliver_press_news")
    assert queued().count() == 1
    # One that has started may have died with its worker; nobody ever says so.
    queued().update(status=TaskResultStatus.RUNNING)
    call_command("deliver_press_news")
    call_command("deliver_press_news")
    assert queued().count() == 2
    assert deliver(page.pk) == 1
    call_command("deliver_press_news")
    assert queued().count() == 2


@pytest.fixture
def worker(tmp_path):
    """Run a command in a process of its own on the test's database; mail goes to ``folder``."""
    folder = tmp_path / "mail"
    folder.mkdir()
    database = tmp_path / "db.sqlite3"
    if connection.vendor == "sqlite":
        # The test's database is in this process's memory: the others get a copy.
        with sqlite3.connect(database) as copy:
            connection.connection.backup(copy)
        url = f"sqlite:///{database}"
    else:
        known = connection.settings_dict
        user = f"{known['USER']}:{known['PASSWORD']}" if known["PASSWORD"] else known["USER"]
        url = f"postgres://{user}@{known['HOST']}:{known['PORT']}/{known['NAME']}"

    def run(*command, dies_after=None):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.campaigns.worker_settings",
            "DATABASE_URL": url,
            "MAIL_FOLDER": str(folder),
        }
        if dies_after is not None:
            environment["DIES_AFTER"] = str(dies_after)
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    run.folder = folder
    return run


BATCH = ("db_worker", "--backend", "mail", "--batch", "--no-startup-delay", "--interval", "0")


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_s_work_is_finished_by_the_next_each_mail_once(
    request, press_room, subscribe, settings
):
    settings.TASKS = QUEUE
    addresses = [f"{number:02}@t.example" for number in range(12)]
    for address in addresses:
        subscribe(address)
    unpublished = {"live": False, "first_published_at": None, "last_published_at": None}
    page = PressReleasePageFactory(parent=press_room, **unpublished)
    page.save_revision().publish()
    assert queued().count() == 1
    worker = request.getfixturevalue("worker")  # now, with all of it in the database
    dead = worker(*BATCH, dies_after=5)
    assert dead.returncode == -signal.SIGKILL
    assert len(list(worker.folder.glob("*.eml"))) == 5
    # The queue thinks that the dead worker is still at it, so a new one finds nothing to do.
    assert worker(*BATCH).returncode == 0
    assert len(list(worker.folder.glob("*.eml"))) == 5
    # What runs every minute finds out; this worker is killed as well, and the third finishes.
    for dies_after in (9, None):
        assert worker("deliver_press_news").returncode == 0
        worker(*BATCH, dies_after=dies_after)
    assert worker("deliver_press_news").returncode == 0
    assert worker(*BATCH).returncode == 0
    mails = [message_from_bytes(file.read_bytes()) for file in worker.folder.glob("*.eml")]
    assert Counter(message["To"] for message in mails) == Counter(addresses)
    assert len({message["Message-ID"] for message in mails}) == len(addresses)
