"""Names for the swapped copies of documents, drawn from the gazetteer and the census lists."""

import math
import random
import sqlite3

from geo.gazetteer.lookup import Gazetteer
from geo.geoparse import words
from training.swaps import Names

TOWNS, SURNAMES, GIVEN = 60_000, 6_000, 1_500
_TOWN_KINDS = ("city", "town", "village")
_LONGEST = 25


def names_of(gazetteer: Gazetteer, chance: random.Random) -> Names:
    """The pools; larger towns and more frequent names come up more often, as they do in reports."""
    with sqlite3.connect(f"{gazetteer.path.resolve().as_uri()}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT place_id, name, kind, population FROM places ORDER BY place"
        ).fetchall()
    towns = [
        (name, math.log10(people + 10) ** 3)
        for _, name, kind, people in rows
        if kind in _TOWN_KINDS and name[:1].isupper() and len(name) < _LONGEST
    ]
    return Names(
        towns=chance.choices([name for name, _ in towns], [weight for _, weight in towns], k=TOWNS),
        countries=[name for _, name, kind, _ in rows if kind == "country" and name.isascii()],
        given=words.census("given")[:GIVEN],
        surnames=chance.choices(words.census("surnames"), k=SURNAMES),
        kinds={place_id: "town" if kind in _TOWN_KINDS else kind for place_id, _, kind, _ in rows},
    )
