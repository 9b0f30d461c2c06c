"""ACLED: one event a row, 31 columns (ACLED Codebook, 2024)."""

from geo.ingest.formats.format import Derived, Format

_BY_SUB_TYPE = {
    "armed clash": "battle",
    "government regains territory": "capture",
    "non-state actor overtakes territory": "capture",
    "shelling/artillery/missile attack": "shelling",
    "air/drone strike": "missile_strike",
    "remote explosive/landmine/ied": "mine",
    "suicide bomb": "mine",
    "abduction/forced disappearance": "detention",
    "arrests": "detention",
    "agreement": "diplomatic",
    "non-violent transfer of territory": "handover",
}
_BY_TYPE = {
    "battles": "battle",
    "explosions/remote violence": "shelling",
    "protests": "protest",
    "riots": "riot",
}
_KNOWN = {*_BY_TYPE, "violence against civilians", "strategic developments"}


def event_type(acled_type: str, sub_type: str, fatalities: str) -> str:
    """Our type of an ACLED event; what fits none is an incident, an unknown word stays as it is.

    An attack on civilians is a killing only if somebody died.
    """
    if sub_type.strip().casefold() == "attack" and fatalities.strip() not in {"", "0"}:
        return "mass_killing"
    by_sub_type = _BY_SUB_TYPE.get(sub_type.strip().casefold())
    if by_sub_type:
        return by_sub_type
    folded = acled_type.strip().casefold()
    return _BY_TYPE.get(folded, "incident") if folded in _KNOWN else acled_type


ACLED = Format(
    code="acled",
    signature=frozenset({"event_id_cnty", "event_date", "event_type", "sub_event_type"}),
    columns={
        "event_id_cnty": "event_id",
        "event_date": "event_date",
        "time_precision": "time_precision",
        "sub_event_type": "sub_type",
        "actor1": "actor1",
        "actor2": "actor2",
        "country": "admin0",
        "admin1": "admin1",
        "location": "toponym",
        "latitude": "lat",
        "longitude": "lon",
        "geo_precision": "geo_precision",
        "source": "source_name",
        "notes": "description",
        "fatalities": "fatalities_best",
        "tags": "tags",
    },
    derived={
        "event_type": Derived(
            ("event_type", "sub_event_type", "fatalities"), event_type, frozenset({"fatalities"})
        )
    },
)
