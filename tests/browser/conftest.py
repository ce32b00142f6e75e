"""The demonstration served as in production, and a browser to look at it with."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


#: The tests of one page each, which any worker may run; the other files are each for one worker.
APART = "test_accessibility.py"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one file together (``--dist loadgroup``): they share what they fetch."""
    for item in items:
        if item.path.parent == Path(__file__).parent and item.path.name != APART:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def production_environment(folder: Path) -> dict[str, str]:
    """Production settings on an SQLite of its own; plain HTTP, since nothing stands in front."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": "browser-tests-" + "0123456789abcdef" * 4,
        "ALLOWED_HOSTS": "localhost",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "PRIVATE_ROOT": str(folder / "private"),
        "STATIC_ROOT": str(folder / "static"),
        "SECURE_SSL_REDIRECT": "false",
        "LOG_LEVEL": "WARNING",
    }


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        timeout=300,
    )


def serve(environment: dict[str, str], port: int) -> subprocess.Popen:
    """Start gunicorn and wait until it says that it is ready."""
    process = subprocess.Popen(
        f"{sys.executable} -m gunicorn config.wsgi --bind 127.0.0.1:{port} --workers 1"
        " --threads 8 --log-level warning".split(),
        cwd=ROOT,
        env=environment,
    )
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/healthz", timeout=2) as answer:
                if answer.status == 200:
                    return process
        except OSError:
            time.sleep(0.2)
    process.terminate()
    raise RuntimeError("The server did not start.")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Within this block no other worker is in a block with the same folder."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def open_site(folder: Path) -> str:
    """Return the site's address; who comes first loads the demonstration and serves it."""
    state = folder / "state.json"
    with alone(folder):
        if state.exists():
            site = json.loads(state.read_text())
        else:
            environment = production_environment(folder)
            manage(environment, "migrate", "--verbosity", "0")
            manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
            manage(environment, "load_demo")
            port = free_port()
            site = {"port": port, "pid": serve(environment, port).pid, "visitors": 0}
        site["visitors"] += 1
        state.write_text(json.dumps(site))
    return f"http://localhost:{site['port']}"


def leave_site(folder: Path) -> None:
    """Say that a worker has done; who leaves last ends the server."""
    state = folder / "state.json"
    with alone(folder):
        site = json.loads(state.read_text())
        site["visitors"] -= 1
        if site["visitors"]:
            state.write_text(json.dumps(site))
        else:
            state.unlink()
            os.kill(site["pid"], signal.SIGTERM)


@pytest.fixture(scope="session")
def site_url(tmp_path_factory, worker_id):
    """The address of the demonstration, in production settings; the workers share one."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "site"
    folder.mkdir(exist_ok=True)
    yield open_site(folder)
    leave_site(folder)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium, site_url):
    """A factory of pages in fresh contexts: ``new_page(width=360, script=False)``."""
    contexts = []

    def make(width=1280, height=900, script=True, locale="sv-SE", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=script,
            base_url=site_url,
            locale=locale,
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        return page

    yield make
    for context in contexts:
        context.close()
