"""What a link asks for: the view, and the map of it without a session, with a sentence for each parameter that was ignored."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from geo.view import ViewState, view_from_query
from ui.desk import desk
from ui.mapdata import map_data, position_of


class LinkedMap(NamedTuple):
    """The component's JSON, the link's parameters that hold, and a sentence for each that does not."""

    data: dict[str, Any]
    known: dict[str, str]
    notices: list[str]


def view_of_link(given: Mapping[str, str], *, repeated: Iterable[str]) -> tuple[ViewState, list[str]]:
    """The view that parameters ask for, and a sentence for each that is wrong, ``repeated`` or of another store."""
    newest = desk().model()
    view, notices = view_from_query(given, parties=newest.party_codes, last_day=_last_day())
    notices += [f"The link's “{key[:40]}” was ignored: it is given twice." for key in repeated]
    if view.known and view.known > newest.revision:
        notices.append("The link's “known” was ignored: the store has no such change.")
        view = replace(view, known=None)
    if view.picked and view.picked not in desk().model(view.known).events.ids:
        notices.append("The link's “pick” was ignored: no event has this id.")
        view = replace(view, picked="")
    return view, notices


def map_of_link(given: Sequence[tuple[str, str]], *, bare: bool) -> LinkedMap:
    """The map for the parameters of a link; those that are wrong or stand twice are named and left out."""
    counts = Counter(key for key, _ in given)
    known = {key: value for key, value in given if counts[key] == 1 and key not in {"embed", "stats"}}
    view, notices = view_of_link(known, repeated=[key for key in counts if counts[key] > 1])
    model = desk().model(view.known)
    picked = position_of(view.picked, model.events.ids)
    as_of = view.as_of or _last_day()
    data = map_data(view, as_of=as_of, picked=picked, revision=model.revision, stamp=1, bare=bare)
    return LinkedMap(data, known, notices)


def _last_day() -> date:
    from geo.workflows.figures import last_day  # noqa: PLC0415  (see ui.desk)

    return last_day(desk().model(), fallback=desk().situation.last_day)
