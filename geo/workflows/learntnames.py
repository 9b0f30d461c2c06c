"""Names that a person taught: kept with the answers that imports remember, and used by every further report."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from geo.geoparse.decide import geo_precision
from geo.geoparse.parse import ParsedText
from geo.ingest.cases import PLACE_ANSWERS, place_key
from geo.model import Mention, Place, Resolution
from geo.workflows.desk import Desk
from geo.workflows.remembered import forget_places, read_answers, write_answers

LEARNT = "learnt"
"""Method of a resolution that a taught name decided."""
LONGEST, SHORTEST = 200, 3
MOST_SEARCHED = 200_000
"""Characters of a text that are searched for taught names beyond those that were taken for places anyway."""
_PREFIX, _SUFFIX = place_key("", "").split("|")[0], "|"


def read_learnt(desk: Desk) -> dict[str, str]:
    """The id of the place that each taught name means, whatever the country."""
    kept, _ = read_answers(desk.settings, fingerprint="")
    return {
        key.removeprefix(_PREFIX).removesuffix(_SUFFIX): place_id
        for key, place_id in kept.items()
        if key.endswith(_SUFFIX) and place_id not in PLACE_ANSWERS
    }


def learn_name(desk: Desk, name: str, place_id: str) -> None:
    """From now on the name means this place, in reports and in files that give no country."""
    answer = {place_key(name[:LONGEST], ""): place_id}
    write_answers(desk.settings, answer, fingerprint="", recorded_by=desk.who())


def forget_name(desk: Desk, name: str) -> None:
    """The name means again what the text makes of it."""
    wanted = name.casefold()
    forget_places(desk.settings, [place_key(n, "") for n in read_learnt(desk) if n.casefold() == wanted])


def with_learnt(desk: Desk, text: str, parsed: ParsedText, learnt: Mapping[str, str]) -> ParsedText:
    """The places of a text with the names of :func:`read_learnt` put in, also where nothing was taken for a place."""
    known = {name: place for name, place_id in learnt.items() if (place := _place(desk, place_id))}
    if not known:
        return parsed
    by_name = {name.casefold(): place for name, place in known.items()}
    told = [_told(r, by_name.get(r.mention.name.casefold())) for r in parsed.resolutions]
    added = list(_others(text, told, known))
    every = sorted((*told, *added), key=lambda r: r.mention.start)
    return replace(parsed, resolutions=tuple(every), found=parsed.found + len(added))


def _told(resolution: Resolution, place: Place | None) -> Resolution:
    return resolution if place is None else _learnt(resolution, place)


def _learnt(resolution: Resolution, place: Place) -> Resolution:
    """The mention as the person taught it; words such as "near" still hold."""
    precision = geo_precision(place, is_near=resolution.geo_precision == 2)
    return replace(
        resolution, status="resolved", place=place, method=LEARNT, confidence=1.0, geo_precision=precision, spot=None
    )  # fmt: skip


def _others(text: str, found: Sequence[Resolution], known: Mapping[str, Place]) -> Iterator[Resolution]:
    """Taught names that stand in the text as words of their own, beside all mentions."""
    searched = text[:MOST_SEARCHED]
    names = [name for name in known if _is_name(name) and name in searched]
    if not names:
        return
    taken = {position for r in found for position in range(r.mention.start, r.mention.end)}
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
    for match in pattern.finditer(searched):
        if taken.isdisjoint(range(*match.span())):
            mention = Mention(match.start(), match.end(), match.group())
            yield _learnt(Resolution(mention, "review", None, LEARNT, 0.0, 3), known[match.group()])


def _is_name(name: str) -> bool:
    return len(name) >= SHORTEST and name[0].isupper()


def _place(desk: Desk, place_id: str) -> Place | None:
    """The place, if this gazetteer has it."""
    try:
        return desk.gazetteer.place(place_id)
    except KeyError:
        return None
