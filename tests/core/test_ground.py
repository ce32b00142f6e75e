"""The ground: settings, the folder called site, what runs the process."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "SECRET_KEY": "x" * 60 + "0123456789abcdefghij",
    "ALLOWED_HOSTS": "www.example.org",
    "DATABASE_URL": "sqlite:////tmp/never-used.sqlite3",
}


def run_check(environment, *arguments):
    """Run ``manage.py check`` with production settings and nothing else in the environment."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.production"}
        | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_pythons_own_site_module_is_untouched():
    code = "import site, sys; print(site.__file__); print(site.ENABLE_USER_SITE)"
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not result.stdout.startswith(str(settings.BASE_DIR))
    assert not (settings.BASE_DIR / "site" / "__init__.py").exists()


def test_git_does_not_ignore_the_site_folder():
    result = subprocess.run(
        ["git", "check-ignore", "site/core/apps.py"], cwd=settings.BASE_DIR, check=False
    )
    assert result.returncode == 1


@pytest.mark.parametrize("missing", sorted(PRODUCTION))
def test_production_refuses_to_start_without(missing):
    environment = {key: value for key, value in PRODUCTION.items() if key != missing}
    result = run_check(environment)
    assert result.returncode != 0
    assert missing in result.stderr


def test_the_deployment_check_is_clean():
    result = run_check(PRODUCTION, "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_the_process_says_that_it_is_alive(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")


def test_the_site_says_that_it_is_ready(client, db):
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"database": True, "cache": True})


def test_the_site_says_what_is_not_ready(client, db, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"database": True, "cache": False})


def directive(response, name):
    """The values of one directive of the response's policy."""
    policy = response.headers["Content-Security-Policy"]
    parts = (part.split() for part in policy.split(";"))
    return next(values for key, *values in parts if key == name)


def test_public_pages_may_not_be_framed_nor_run_inline_code(client, home):
    response = client.get("/")
    assert directive(response, "frame-ancestors") == ["'none'"]
    assert directive(response, "script-src") == ["'self'"]
    assert directive(response, "style-src") == ["'self'"]
    assert response.headers["X-Frame-Options"] == "DENY"


def test_the_admin_may_be_framed_by_itself_for_previews(client, db):
    response = client.get("/admin/login/")
    assert directive(response, "frame-ancestors") == ["'self'"]


def test_a_preview_may_be_framed_by_the_admin(admin_client_sv, home):
    url = f"/admin/pages/{home.pk}/edit/preview/?in_preview_panel=true"
    admin_client_sv.post(
        url,
        {
            "title": "Hej",
            "slug": "home",
            "body-count": 0,
            "comments-TOTAL_FORMS": 0,
            "comments-INITIAL_FORMS": 0,
        },
    )
    response = admin_client_sv.get(url)
    assert directive(response, "frame-ancestors") == ["'self'"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "private" in response.headers["Cache-Control"]
