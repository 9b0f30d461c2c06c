"""Places that a person puts on the map by hand: a position with a radius, written as one choice."""

from geo.model import Place, Spot

MARK = "@"
"""How the choice begins: ``@lon,lat,radius_km``."""
SMALLEST_KM, LARGEST_KM = 0.1, 300.0
TOWN_KM, NEAR_KM = 3.0, 50.0
"""Up to these radii a position is good for geo_precision 1 and 2; a larger circle is a region."""
WHY = "placed by hand"


def hand_choice(lon: float, lat: float, radius_km: float) -> str:
    """The choice that stands for a position."""
    return f"{MARK}{lon:.5f},{lat:.5f},{radius_km:g}"


def hand_spot(choice: str) -> Spot | None:
    """The position that a choice stands for; None for any other choice, and for one outside the world."""
    if not choice.startswith(MARK):
        return None
    try:
        lon, lat, radius = (float(part) for part in choice.removeprefix(MARK).split(","))
    except ValueError:
        return None
    if not (abs(lon) <= 180 and abs(lat) <= 90 and SMALLEST_KM <= radius <= LARGEST_KM):
        return None
    return Spot(round(lon, 5), round(lat, 5), radius, WHY)


def hand_place(name: str, spot: Spot) -> Place:
    """A place that no gazetteer lists; its id tells two of them apart within a report and is never stored."""
    place_id = hand_choice(spot.lon, spot.lat, spot.radius_km)
    return Place(place_id, name, "site", spot.lon, spot.lat, source=WHY)


def hand_precision(spot: Spot) -> int:
    """ACLED's geo_precision of an event in the circle."""
    return 1 if spot.radius_km <= TOWN_KM else 2 if spot.radius_km <= NEAR_KM else 3


def stored_id(place: Place) -> str:
    """The id that an event keeps of its place: empty where the gazetteer has no such place."""
    return "" if place.place_id.startswith(MARK) else place.place_id
