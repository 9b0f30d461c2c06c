"""Further training documents: ours, with other names in the same sentences.

A few hundred documents name the same countries and towns again and again, and a model would learn these by heart. Swapped names keep what
it is to learn: how the text around a name says what it is.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from training.corpus import Document, Mark

SHARE = 0.75
"""This share of the names of a document is swapped; the others keep their true company."""


@dataclass(frozen=True, slots=True)
class Names:
    """What names are drawn from; ``kinds`` tells which gazetteer id is a town and which a country."""

    towns: Sequence[str]
    countries: Sequence[str]
    given: Sequence[str]
    surnames: Sequence[str]
    kinds: Mapping[str, str]


def swapped(document: Document, names: Names, chance: random.Random) -> Document:
    """The document with other names of towns, countries and persons: one name for each name throughout."""
    chosen: dict[str, str] = {}
    pieces: list[str] = []
    marks: list[Mark] = []
    length = end = 0
    for mark in document.marks:
        before, surface = document.text[end : mark.start], document.text[mark.start : mark.end]
        new = _other(surface, mark, names, chosen, chance)
        start = length + len(before)
        pieces += [before, new]
        marks.append(replace(mark, start=start, end=start + len(new)))
        length, end = start + len(new), mark.end
    return replace(document, text="".join([*pieces, document.text[end:]]), marks=tuple(marks))


def _other(surface: str, mark: Mark, names: Names, chosen: dict[str, str], chance: random.Random) -> str:
    if mark.label == "person":
        return " ".join(
            _person_word(word, place, names, chosen, chance) for place, word in enumerate(surface.split())
        )
    if surface not in chosen:
        pool = {"country": names.countries, "town": names.towns}.get(names.kinds.get(mark.label, ""), ())
        swap = pool and surface.istitle() and chance.random() < SHARE
        chosen[surface] = chance.choice(pool) if swap else surface
    return chosen[surface]


def _person_word(word: str, place: int, names: Names, chosen: dict[str, str], chance: random.Random) -> str:
    """A first name for the first word, a surname for a later one; titles and initials stay."""
    if not word.istitle() or len(word) < 3 or word.endswith("."):
        return word
    if word not in chosen:
        pool = names.given if place == 0 and len(word) < 8 else names.surnames
        chosen[word] = chance.choice(pool).title() if chance.random() < SHARE else word
    return chosen[word]
