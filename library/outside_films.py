"""Films that are on somebody else's site: who that is, and what a reader's browser meets there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Provider:
    """A site whose films can be put in our pages, without cookies as far as it allows."""

    site: str
    #: Whose servers the reader's browser contacts.
    company: str
    #: The film's address as people copy it; the group ``id`` names the film there.
    address: re.Pattern[str]
    #: The origin that Content-Security-Policy must let frames come from.
    origin: str
    #: Path of the frame and its parameters, and the one that begins at a second.
    frame: str
    parameters: dict[str, str]
    start: str = ""


PROVIDERS = (
    Provider(
        site="YouTube",
        company="Google",
        address=re.compile(
            r"https?://(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/"
            r"(?:watch\?(?:[^#]*&)?v=|embed/|live/|shorts/)|youtu\.be/)(?P<id>[\w-]{11})(?![\w-])"
        ),
        origin="https://www.youtube-nocookie.com",
        frame="/embed/{id}",
        parameters={"autoplay": "1", "rel": "0"},
        start="start",
    ),
    Provider(
        site="Vimeo",
        company="Vimeo",
        address=re.compile(
            r"https?://(?:www\.|player\.)?vimeo\.com/(?:video/)?(?P<id>\d{1,15})"
            r"(?:(?:/|\?h=)(?P<h>[0-9a-f]{6,20}))?(?![\w-])"
        ),
        origin="https://player.vimeo.com",
        frame="/video/{id}",
        parameters={"autoplay": "1", "dnt": "1"},
    ),
)


@dataclass(frozen=True)
class OutsideFilm:
    """A film elsewhere, from a second on. Without a known provider it can only be led to."""

    url: str
    #: Whose site it is, as readers know it: “YouTube”, or the host's name.
    site: str
    #: Whose servers a frame contacts; an empty string where no frame is offered.
    company: str = ""
    frame_url: str = ""
    #: The origin that the page's policy must let frames come from.
    origin: str = ""


def outside_film(url: str, start: int = 0) -> OutsideFilm:
    """Return what is known of the film at ``url``, beginning at the second ``start``."""
    for provider in PROVIDERS:
        if match := provider.address.match(url):
            return known_film(provider, match, url, start)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return OutsideFilm(url=url, site=host)


def known_film(provider: Provider, match: re.Match[str], url: str, start: int) -> OutsideFilm:
    """Return a film of one of ``PROVIDERS``, with its frame and the address to watch it at."""
    found = match.groupdict()
    parameters = dict(provider.parameters)
    if secret := found.get("h"):  # Vimeo's key to a film that is not listed.
        parameters["h"] = secret
    fragment = ""
    if start and provider.start:
        parameters[provider.start] = str(start)
        url = f"https://www.youtube.com/watch?{urlencode({'v': found['id'], 't': f'{start}s'})}"
    elif start:
        fragment = f"#t={start}s"
        url = url.partition("#")[0] + fragment
    return OutsideFilm(
        url=url,
        site=provider.site,
        company=provider.company,
        frame_url=f"{provider.origin}{provider.frame.format(id=found['id'])}"
        f"?{urlencode(parameters)}{fragment}",
        origin=provider.origin,
    )
