"""The map that a link asks for, made without a session: what it is handed, and which parameters were ignored."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from geo.view import view_from_query
from ui.desk import desk
from ui.mapdata import map_data, position_of


class LinkedMap(NamedTuple):
    """The component's JSON, the link's parameters that hold, and a sentence for each that does not."""

    data: dict[str, Any]
    known: dict[str, str]
    notices: list[str]


def map_of_link(given: Sequence[tuple[str, str]], *, bare: bool) -> LinkedMap:
    """The map for the parameters of a link; those that are wrong or stand twice are named and left out."""
    from geo.workflows.figures import last_day  # noqa: PLC0415  (see ui.desk)

    counts = Counter(key for key, _ in given)
    known = {key: value for key, value in given if counts[key] == 1 and key not in {"embed", "stats"}}
    newest = desk().model()
    last = last_day(newest, fallback=desk().situation.last_day)
    view, notices = view_from_query(known, parties=newest.party_codes, last_day=last)
    if view.known and view.known > newest.revision:
        notices.append("The link's “known” was ignored: the store has no such change.")
        view = replace(view, known=None)
    notices += [
        f"The link's “{key[:40]}” was ignored: it is given twice." for key in counts if counts[key] > 1
    ]
    model = desk().model(view.known)
    if view.picked and view.picked not in model.events.ids:
        notices.append("The link's “pick” was ignored: no event has this id.")
        view = replace(view, picked="")
    picked = position_of(view.picked, model.events.ids)
    data = map_data(
        view, as_of=view.as_of or last, picked=picked, revision=model.revision, stamp=1, bare=bare
    )
    return LinkedMap(data, known, notices)
