"""A developer's machine and the demo: SQLite, local memory, mail to the console."""

from .base import *
from .base import env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="only-for-development-and-the-demo")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
# WhiteNoise serves static files from where they lie: no collectstatic for the demo.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
