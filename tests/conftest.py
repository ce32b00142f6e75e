"""What every test may ask for: the site in two languages, images, users."""

from __future__ import annotations

import io

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.core.files.images import ImageFile
from PIL import Image as PillowImage
from wagtail.models import Locale, Page, Site

from core.models import CustomImage


@pytest.fixture(autouse=True)
def _cold_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def locales(db):
    """Both locales: Swedish (source) and English."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code in ("sv", "en")}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The home page is there before the first test: making it takes longer than most tests do."""
    with django_db_blocker.unblock():
        make_home()


def make_home():
    """Return the Swedish home page, root of the default site, made where there is none."""
    from home.models import HomePage

    swedish, _made = Locale.objects.get_or_create(language_code="sv")
    if there_is := HomePage.objects.filter(locale=swedish, depth=2).first():
        return there_is
    root = Page.get_first_root_node() or Page.add_root(title="Root", locale=swedish)
    for page in root.get_children():
        page.delete()
    root = Page.get_first_root_node()
    home = HomePage(title="ASF Lyfter", slug="home", locale=swedish, introduction="Välkommen.")
    root.add_child(instance=home)
    home.save_revision().publish()
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost", port=80, root_page=home, is_default_site=True, site_name="ASF Lyfter"
    )
    home.refresh_from_db()
    return home


@pytest.fixture
def home(locales):
    """The Swedish home page, root of the default site; a test that emptied the base had it too."""
    return make_home()


@pytest.fixture
def english_home(home, locales):
    """The English home page."""
    page = home.copy_for_translation(locales["en"])
    page.title = "ASF Lyfter in English"
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def make_image(db):
    """A factory of images: ``make_image(title="…", size=(width, height))``."""

    def make(title="Bild", size=(64, 48), colour="#0f3d3e"):
        file = io.BytesIO()
        PillowImage.new("RGB", size, colour).save(file, "PNG")
        file.seek(0)
        return CustomImage.objects.create(
            title=title,
            file=ImageFile(file, name="bild.png"),
            width=size[0],
            height=size[1],
            description="En bild",
        )

    return make


@pytest.fixture
def superuser(db):
    """Somebody who may do everything."""
    return User.objects.create_superuser("admin", "admin@example.com", "password")


@pytest.fixture
def admin_client_sv(client, superuser):
    """A browser with the superuser logged in."""
    client.force_login(superuser)
    return client
