"""What a film's own page shows beside its texts, in a number of queries that does not grow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from library import durations
from library.mentions import shown_in
from library.players import Player
from library.series import place_in_series
from library.transcripts import Turn, parse

if TYPE_CHECKING:
    from library.models import FilmPage


@dataclass(frozen=True)
class ShownTurn:
    """A turn of the transcript as the page shows it."""

    turn: Turn
    #: The turn's id on the page; empty without a time, or where an earlier turn has the same.
    anchor: str
    #: When it begins as readers write it, and the query that leads there.
    clock: str
    query: str
    is_current: bool


def film_context(film: FilmPage, request: HttpRequest) -> dict[str, Any]:
    """Return what the film page's template needs; the address says from which second it plays."""
    player = Player.from_query(film, request.GET)
    return {
        "player": player,
        "place": place_in_series(film, request),
        "mentions": shown_in(film),
        "turns": shown_turns(parse(film.transcript), player),
    }


def shown_turns(turns: list[Turn], player: Player) -> list[ShownTurn]:
    """Return the turns with their links; the one that is said at the player's start is marked."""
    current = max(
        (t.start for t in turns if t.start is not None and t.start <= player.start), default=None
    )
    shown = []
    taken: set[int] = set()
    for turn in turns:
        if turn.start is None:
            shown.append(ShownTurn(turn, "", "", "", is_current=False))
            continue
        is_first = turn.start not in taken
        taken.add(turn.start)
        shown.append(
            ShownTurn(
                turn,
                anchor=f"t-{turn.start}" if is_first else "",
                clock=durations.clock(turn.start),
                query=player.query(turn.start),
                is_current=bool(player.start) and is_first and turn.start == current,
            )
        )
    return shown
