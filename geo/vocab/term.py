"""What a term of the vocabulary is."""

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


def codes(terms: tuple[Term, ...]) -> tuple[str, ...]:
    """The codes of a vocabulary, in its own order."""
    return tuple(term.code for term in terms)


def labels(terms: tuple[Term, ...]) -> dict[str, str]:
    """The label of each code."""
    return {term.code: term.label for term in terms}
