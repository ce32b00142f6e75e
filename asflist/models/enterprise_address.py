"""Where an enterprise stands on the site."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from wagtail.models import Locale

from asflist.addresses import list_url

SLUG_LENGTH = 80


class EnterpriseAddress(models.Model):
    """The address under the list, the same in every language but for the list's own."""

    slug: str
    live: bool
    locale: Locale
    locale_id: int

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Return the path of the page in the entry's own language."""
        return self.get_url()

    @property
    def language(self) -> str:
        """The language that the texts are written in, as a code for ``lang``."""
        # The first preview of a new entry comes before it has been given its locale.
        return self.locale.language_code if self.locale_id else settings.LANGUAGE_CODE

    def get_url(self, request: HttpRequest | None = None, language: str | None = None) -> str:
        """Return the path of the page, ``""`` while there is no list; one query a request.

        ``language`` is the one to read the site in, by default the entry's own.
        """
        url = list_url(language or self.language, request)
        return f"{url}{self.slug}/" if url and self.slug else url

    def get_full_url(self, request: HttpRequest | None = None) -> str | None:
        """Return the page's address with scheme and host, or None while there is no list."""
        if not (path := self.get_url(request)):
            return None
        if request is not None:
            return request.build_absolute_uri(path)
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"

    full_url = property(get_full_url)

    @property
    def share_path(self) -> str:
        """The path of the picture that stands for the enterprise where it is shared.

        Drafts have none, and a new entry has no slug in its first preview.
        """
        if not self.live or not self.slug:
            return ""
        return reverse("enterprise_share", args=[self.slug])
