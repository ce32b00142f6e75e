"""The test suites: the database DATABASE_URL names, memory for all else, nothing kept."""

import tempfile
from pathlib import Path

from .base import *

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="asf-lyfter-media-"))
STORAGES["private"]["OPTIONS"]["location"] = tempfile.mkdtemp(prefix="asf-lyfter-private-")
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="asf-lyfter-static-"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Nothing here is kept: no commit waits until it is on the disk. The tables are too small for
    # compiled queries to pay.
    OPTIONS = DATABASES["default"].setdefault("OPTIONS", {})
    OPTIONS["options"] = "-c synchronous_commit=off -c jit=off"
# The index of the admin's search is a fifth of what a save costs: a test that searches makes it.
WAGTAILSEARCH_BACKENDS["default"]["AUTO_UPDATE"] = False
