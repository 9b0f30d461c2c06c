"""The controlled vocabulary: codes, their labels, and what each one means.

Codes are stored and exported; labels are shown; definitions stand in legends and briefing sheets.
A status is a column, never a colour: how it is drawn is decided by its ``pattern`` and ``edge``.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A code with the label shown to people and the sentence that defines it."""

    code: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class StatusTerm(Term):
    """A status of a control zone and how it survives greyscale.

    ``pattern`` overlays the fill (none, cross, stipple, vertical, horizontal), ``edge`` is the line
    style (solid, dashed, dotted, none).
    """

    pattern: str = "none"
    edge: str = "solid"


@dataclass(frozen=True, slots=True)
class EventTypeTerm(Term):
    """An event type and what it is called by ACLED and UCDP.

    ``ucdp`` is UCDP's type_of_violence (1 state-based, 2 non-state, 3 one-sided) or empty where UCDP
    GED records no such event; ``symbol`` is the shape on map and sheet.
    """

    acled: str = ""
    acled_sub: str = ""
    ucdp: str = ""
    symbol: str = "circle"


ZONE_KINDS = (
    Term("control", "Control", "Who governs or holds the ground."),
    Term("presence", "Presence", "Who is deployed there without holding the ground."),
    Term("influence", "Influence", "Who shapes what happens there from outside."),
    Term("administrative", "Administrative", "A line on paper, past or present."),
)

ZONE_STATUSES = (
    StatusTerm(
        "assessed_control", "Assessed control", "One party holds the ground, by more than its own word."
    ),
    StatusTerm(
        "assessed_advance",
        "Assessed advance",
        "A party has moved in; holding is not yet established.",
        "diagonal",
        "dashed",
    ),
    StatusTerm(
        "infiltration", "Infiltration", "Small groups operate without holding ground.", "diagonal", "dotted"
    ),
    StatusTerm(
        "contested",
        "Contested",
        "Fighting, or both sides hold parts; no one holds the whole.",
        "cross",
        "dashed",
    ),
    StatusTerm("claimed", "Claimed", "Held by the word of one party only.", "stipple", "dashed"),
    StatusTerm("mixed", "Mixed", "Held by several parties side by side.", "diagonal", "solid"),
    StatusTerm("besieged", "Besieged", "Held, and cut off from supply.", "cross", "solid"),
    StatusTerm(
        "peacekeeping_area",
        "Peacekeeping area",
        "Area of responsibility of peacekeepers; says nothing of who governs.",
        "vertical",
        "dashed",
    ),
    StatusTerm(
        "corridor", "Corridor", "Passage under an agreement, guarded or supervised.", "horizontal", "dashed"
    ),
    StatusTerm("buffer", "Buffer", "Strip kept free of forces.", "stipple", "dotted"),
    StatusTerm("former", "Former boundary", "A unit that no longer exists; outline only.", "none", "dotted"),
    StatusTerm("unknown", "Unknown", "Reports exist and do not settle who holds it.", "stipple", "dotted"),
    StatusTerm("no_data", "No data", "No report; this is not the same as quiet.", "none", "dotted"),
)

CONFIDENCES = (
    Term("high", "High", "Several independent sources, or one that both sides accept."),
    Term("medium", "Medium", "One reliable source, or details that differ between sources."),
    Term("low", "Low", "One party's word, a weak source, or general knowledge without a source."),
)

TIME_PRECISIONS = (
    Term("1", "Day", "The day is known."),
    Term("2", "Week", "Some day of a week or similar span."),
    Term("3", "Month", "Some day of the month."),
    Term("4", "Year", "Some day of the year (ours; ACLED records nothing less precise than a month)."),
)

GEO_PRECISIONS = (
    Term("1", "Town", "The settlement or site is named."),
    Term("2", "Near a town or small area", "Near a named place, or a small part of a district."),
    Term("3", "Region", "A larger area; drawn as the area, never as a pin."),
)

EVENT_TYPES = (
    EventTypeTerm(
        "battle", "Battle", "Armed clash between organised forces.", "Battles", "Armed clash", "1", "cross"
    ),
    EventTypeTerm(
        "offensive",
        "Offensive",
        "A planned attack on a front, reported as one event.",
        "Battles",
        "Armed clash",
        "1",
        "star",
    ),
    EventTypeTerm(
        "capture",
        "Capture",
        "Ground or a town changes hands by force.",
        "Battles",
        "Government regains territory / Non-state actor overtakes territory",
        "1",
        "flag",
    ),
    EventTypeTerm(
        "shelling",
        "Shelling",
        "Artillery, mortar or rocket fire.",
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
        "1",
        "burst",
    ),
    EventTypeTerm(
        "missile_strike",
        "Missile or air strike",
        "Missile, drone or aircraft strike.",
        "Explosions/Remote violence",
        "Air/drone strike / Shelling/artillery/missile attack",
        "1",
        "arrow",
    ),
    EventTypeTerm(
        "mine",
        "Mine or IED",
        "Explosion of a mine, trap or unexploded ordnance.",
        "Explosions/Remote violence",
        "Remote explosive/landmine/IED",
        "1",
        "hexagon",
    ),
    EventTypeTerm(
        "mass_killing",
        "Killing of civilians",
        "Civilians are killed on purpose, pogroms included.",
        "Violence against civilians",
        "Attack",
        "3",
        "diamond",
    ),
    EventTypeTerm(
        "detention",
        "Detention",
        "Someone is arrested, abducted or held.",
        "Strategic developments",
        "Arrests",
        "",
        "square",
    ),
    EventTypeTerm(
        "displacement",
        "Displacement",
        "People flee or are driven out.",
        "Strategic developments",
        "Other",
        "",
        "triangle",
    ),
    EventTypeTerm(
        "blockade",
        "Blockade",
        "A road, border or supply line is closed.",
        "Strategic developments",
        "Other",
        "",
        "bars",
    ),
    EventTypeTerm(
        "handover",
        "Handover",
        "Ground passes without fighting, under an agreement.",
        "Strategic developments",
        "Non-violent transfer of territory",
        "",
        "pennant",
    ),
    EventTypeTerm(
        "ceasefire",
        "Ceasefire",
        "Fighting is to stop, by agreement or order.",
        "Strategic developments",
        "Agreement",
        "",
        "hourglass",
    ),
    EventTypeTerm(
        "diplomatic",
        "Diplomacy",
        "Talks, mediation or an agreement short of a ceasefire.",
        "Strategic developments",
        "Agreement",
        "",
        "bowtie",
    ),
    EventTypeTerm(
        "political",
        "Political decision",
        "A decision of an authority, vote or ceremony.",
        "Strategic developments",
        "Other",
        "",
        "circle",
    ),
    EventTypeTerm(
        "peacekeeping",
        "Peacekeeping",
        "Peacekeepers or observers deploy, move or leave.",
        "Strategic developments",
        "Headquarters or base established / Change to group/activity",
        "",
        "pentagon",
    ),
    EventTypeTerm(
        "humanitarian",
        "Humanitarian",
        "Aid, evacuation or a humanitarian mission.",
        "Strategic developments",
        "Other",
        "",
        "plus",
    ),
    EventTypeTerm(
        "incident",
        "Incident",
        "Accident, shooting or other event that fits no other type.",
        "Strategic developments",
        "Other",
        "",
        "kite",
    ),
)

POST_KINDS = (
    Term("headquarters", "Headquarters", "Command of a mission or contingent."),
    Term("base", "Base", "Main or forward base, battalion camp."),
    Term("observation_post", "Observation post", "Permanent post that watches and reports."),
    Term("temporary_post", "Temporary post", "Post or presence reported as temporary."),
    Term("checkpoint", "Checkpoint", "Controls a road."),
    Term("monitoring_centre", "Monitoring centre", "Joint or remote monitoring of a ceasefire."),
    Term("humanitarian_centre", "Humanitarian centre", "Return, aid and mine clearance."),
    Term("observer_base", "Observer base", "Base, office or mission of unarmed observers."),
)

POINT_KINDS = frozenset({"city", "town", "village", "site"})
"""Kinds of places that are a point on the map; every other kind is an area or a line."""
PLACE_KINDS = (
    "country",
    "admin1",
    "region",
    "continent",
    "city",
    "town",
    "village",
    "site",
    "line",
    "corridor",
    "sea",
    "river",
)


def codes(terms: tuple[Term, ...]) -> tuple[str, ...]:
    """The codes of a vocabulary, in its own order."""
    return tuple(term.code for term in terms)


def labels(terms: tuple[Term, ...]) -> dict[str, str]:
    """The label of each code."""
    return {term.code: term.label for term in terms}
