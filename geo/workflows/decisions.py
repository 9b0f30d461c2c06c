"""What a person decided about the mentions of a report, and the places that follow from it."""

from collections.abc import Mapping

from geo.geoparse.parse import ParsedText
from geo.workflows.byhand import hand_spot
from geo.workflows.desk import Desk
from geo.workflows.placing import is_place
from geo.workflows.reporting import NOT_A_PLACE, NamedPlace, name_id, named_places

DOUBTFUL = frozenset({"review", "not_found"})
Decisions = Mapping[int, str]
"""By the start of a mention: the id of a place, :data:`NOT_A_PLACE`, or a position by hand."""


def checked_decisions(desk: Desk, parsed: ParsedText, said: object) -> dict[int, str]:
    """The decisions that a browser sent, as far as they make sense: known mentions, places that exist."""
    if not isinstance(said, Mapping):
        return {}
    starts = {str(r.mention.start): r.mention.start for r in parsed.resolutions}
    pairs = ((starts.get(str(key)), str(choice)) for key, choice in said.items())
    fitting: dict[str, bool] = {}
    decisions = {}
    for start, choice in pairs:
        if choice not in fitting:
            fitting[choice] = _is_choice(desk, choice)
        if start is not None and fitting[choice]:
            decisions[start] = choice
    return decisions


def decided_places(parsed: ParsedText, decisions: Decisions) -> tuple[list[NamedPlace], dict[str, str]]:
    """The names of a report, and the choice made for each: mentions decided apart are places of their own."""
    places = named_places(parsed, decisions)
    chosen = ((named, decisions.get(named.first.mention.start, "")) for named in places)
    return places, {name_id(named): choice for named, choice in chosen if choice}


def doubtful_left(parsed: ParsedText, decisions: Decisions) -> int:
    """How many names still wait for a person."""
    return len(
        {
            r.mention.name.casefold()
            for r in parsed.resolutions
            if r.status in DOUBTFUL and r.mention.start not in decisions
        }
    )


def _is_choice(desk: Desk, choice: str) -> bool:
    return choice == NOT_A_PLACE or hand_spot(choice) is not None or is_place(desk, choice)
