"""Template tags of films: players in texts, and frames from other sites."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from library import durations
from library.blocks import FilmValue
from library.mentions import film_anchor
from library.outside_films import OutsideFilm
from library.players import Player

register = template.Library()


@register.simple_tag(takes_context=True)
def text_player(context: template.Context, value: FilmValue) -> Player | None:
    """Return the player of a film in a text, from the block's second; None for no public film.

    The first of a page's players of the same film and second has its place as anchor.
    """
    film = value.shown
    if film is None:
        return None
    try:
        start = durations.seconds(value.get("start") or "")
    except ValueError:
        start = 0
    anchor = film_anchor(film.pk, start)
    request: Any = context.get("request")
    taken = vars(request).setdefault("film_anchors", set()) if request else set()
    player = Player(film, start, anchor="" if anchor in taken else anchor)
    taken.add(anchor)
    return player


@register.simple_tag(takes_context=True)
def let_frame(context: template.Context, outside: OutsideFilm) -> SafeString:
    """Let the page's Content-Security-Policy allow frames from the film's site."""
    request: Any = context.get("request")
    if request and outside.origin:
        vars(request).setdefault("frame_origins", set()).add(outside.origin)
    return SafeString("")


@register.simple_tag
def film_query(player: Player, second: int) -> str:
    """Return the query of an address that plays the same version from a second."""
    return player.query(second)
