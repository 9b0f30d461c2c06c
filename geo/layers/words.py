"""The words of the map: names, sources and notes as JSON that the frame writes as text, never as markup."""

from collections.abc import Mapping, Sequence
from typing import Any

import geopandas as gpd

from geo import vocab
from geo.interval import OPEN_END, day_of
from geo.layers.labels import Label
from geo.situation import Party, Situation
from geo.store.readmodel import ReadModel

LINE_KINDS = {
    "line_of_contact": "Line of contact or separation",
    "corridor_road": "Corridor road (schematic)",
}
GEO_PRECISION = {1: "settlement or site", 2: "near the place, about 5 km", 3: "somewhere in the area"}


def map_words(model: ReadModel, situation: Situation, *, labels: Sequence[Label]) -> dict[str, Any]:
    """Everything that the frame writes apart from the cards of events."""
    return {
        "revision": model.revision,
        "title": situation.title,
        "extent": list(situation.extent),
        "disclaimer": situation.disclaimer,
        "credits": list(situation.credits),
        "first_day": situation.first_day.isoformat(),
        "last_day": situation.last_day.isoformat(),
        "key_dates": [{"day": k.day.isoformat(), "label": k.label} for k in situation.key_dates],
        "types": [_type(term) for term in vocab.EVENT_TYPES],
        "confidences": [{"code": c.code, "label": c.label} for c in vocab.CONFIDENCES],
        "vocabulary": {
            "statuses": _terms(vocab.ZONE_STATUSES),
            "posts": _terms(vocab.POST_KINDS),
            "lines": LINE_KINDS,
        },
        "parties": {p.code: _party(p) for p in _parties(model, situation)},
        "labels": list(labels),
        "zones": [_zone(row, situation) for row in _rows(model.zones)],
        "lines": [_line(row) for row in _rows(model.lines)],
        "posts": [_post(row, situation) for row in _rows(model.posts)],
    }


def event_line(row: Mapping[str, Any]) -> dict[str, str]:
    """One event in a list of several."""
    label = vocab.labels(vocab.EVENT_TYPES)[row["event_type"]]
    return {
        "day": _span(row["event_date"], row["date_end"], row["time_precision"]),
        "title": f"{label}, {row['toponym']}" if row["toponym"] else label,
    }


def event_card(row: Mapping[str, Any]) -> dict[str, Any]:
    """The card of one event from its stored row."""
    term = {t.code: t for t in vocab.EVENT_TYPES}[row["event_type"]]
    confidence = vocab.labels(vocab.CONFIDENCES).get(row["confidence"] or "", "not stated")
    return {
        "title": f"{term.label}, {row['toponym']}" if row["toponym"] else term.label,
        "badge": _span(row["event_date"], row["date_end"], row["time_precision"]),
        "text": row["description"] or "",
        "rows": [
            ["Actors", "; ".join(filter(None, (row["actor1"], row["actor2"])))],
            ["Deaths", deaths_words(row["fatalities_low"], row["fatalities_best"], row["fatalities_high"])],
            ["Place", GEO_PRECISION.get(row["geo_precision"] or 0, "precision not stated")],
            ["District", ", ".join(filter(None, (row["admin1"], row["admin0"])))],
            ["Confidence", confidence],
            ["Source", row["source_name"] or "not stated"],
            ["Recorded", f"{row['recorded_at'][:10]} by {row['recorded_by']}, revision {row['revision']}"],
            ["Id", row["event_id"]],
        ],
        "links": links_in(row["source_url"] or ""),
    }


def deaths_words(low: int | None, best: int | None, high: int | None) -> str:
    """``12 to 15, best estimate 15``; empty when nothing was published, which is not 0."""
    bounds = [n for n in (low, high) if n is not None]
    if not bounds:
        return "" if best is None else str(best)
    span = str(bounds[0]) if len(set(bounds)) == 1 else f"{bounds[0]} to {bounds[-1]}"
    if low is None or high is None:
        span = f"{'at least' if low is not None else 'at most'} {bounds[0]}"
    if best is None or span == str(best):
        return span
    return f"{span}, best estimate {best}"


def deaths_short(low: int | None, best: int | None, high: int | None) -> str:
    """``12–15`` for a narrow column; ``≥ 12`` and ``≤ 15`` where only one bound is known."""
    if low is None and high is None:
        return "" if best is None else str(best)
    if low is None or high is None:
        return f"≥ {low}" if high is None else f"≤ {high}"
    return str(low) if low == high else f"{low}–{high}"


def links_in(text: str) -> list[str]:
    """The web addresses in a list of sources separated by ``;`` or spaces."""
    return [word for word in text.replace(";", " ").split() if word.startswith(("https://", "http://"))]


def span_words(valid_from: str, valid_to: str) -> str:
    """``2020-11-10 to 2023-09-20``: the last day is the one before the exclusive end; either may not be stated."""
    if not valid_from:
        return f"until {valid_to}, start not stated" if valid_to else "start not stated"
    return f"{valid_from} to {valid_to}" if valid_to else f"since {valid_from}"


def _span(start: str, end: str | None, precision: int | None) -> str:
    days = start if not end or end == start else f"{start} to {end}"
    vague = {2: " (week known, day not)", 3: " (month known, day not)", 4: " (year known, day not)"}
    return days + vague.get(precision or 1, "")


def _type(term: vocab.EventTypeTerm) -> dict[str, str]:
    return {
        "code": term.code,
        "label": term.label,
        "definition": term.definition,
        "symbol": term.symbol,
        "family": term.acled or "Not stated",
        "colour": vocab.FAMILY_COLOURS[term.acled],
    }


def _terms(terms: Sequence[vocab.Term]) -> dict[str, dict[str, str]]:
    return {term.code: {"label": term.label, "definition": term.definition} for term in terms}


def _parties(model: ReadModel, situation: Situation) -> list[Party]:
    """The parties that a mark may be of; a post whose contingent is not stated is of the one without a code."""
    codes = dict.fromkeys(
        [*model.party_codes, *filter(None, model.zones["party"]), *model.posts["contingent"]]
    )
    return [situation.party(code) for code in codes]


def _party(party: Party) -> dict[str, str]:
    return {
        "label": party.label,
        "label_short": party.label_short,
        "colour": party.colour,
        "edge": party.edge,
    }


def _rows(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = frame.drop(columns="geometry").to_dict("records")
    return rows


def _held(row: Mapping[str, Any]) -> str:
    last = day_of(row["end"] - 1).isoformat() if row["end"] != OPEN_END else ""
    return span_words(row["valid_from"], last)


def _common(row: Mapping[str, Any]) -> list[list[str]]:
    return [
        ["Accuracy", row.get("accuracy", "")],
        ["Confidence", vocab.labels(vocab.CONFIDENCES).get(row["confidence"], "not stated")],
        ["Note", row["note"]],
        ["Recorded", f"{row['recorded_at'][:10]} by {row['recorded_by']}, revision {row['revision']}"],
    ]


def _zone(row: Mapping[str, Any], situation: Situation) -> dict[str, Any]:
    status = vocab.labels(vocab.ZONE_STATUSES)[row["status"]]
    holder = situation.party(row["party"]).label if row["party"] else ""
    facts = [
        ["Held by", holder],
        ["As stated", row["party_as_stated"]],
        ["Area", f"{row['km2']:,.0f} km²"],
        *_common(row),
    ]
    card = {
        "title": row["name"],
        "badge": f"{status}{': ' + holder if holder else ''}",
        "rows": [["Days", _held(row)], *facts, ["Source", _words_of(row["source"])], ["Id", row["row_id"]]],
        "links": links_in(row["source"]),
    }
    about = {"kind": "zone", "id": row["zone_id"]}
    keys = ("start", "end", "kind", "status", "party")
    return {key: row[key] for key in keys} | {"card": card, "about": about}


def _line(row: Mapping[str, Any]) -> dict[str, Any]:
    card = {
        "title": row["name"],
        "badge": LINE_KINDS[row["kind"]],
        "rows": [
            ["Days", _held(row)],
            *_common(row),
            ["Source", _words_of(row["source"])],
            ["Id", row["line_id"]],
        ],
        "links": links_in(row["source"]),
    }
    return {key: row[key] for key in ("start", "end", "kind")} | {"card": card}


def _post(row: Mapping[str, Any], situation: Situation) -> dict[str, Any]:
    kind = vocab.labels(vocab.POST_KINDS)[row["kind"]]
    contingent = situation.party(row["contingent"]).label
    strength = row["strength"]
    card = {
        "title": row["name"],
        "badge": f"{kind}, {contingent}",
        "rows": [
            ["Days", _held(row)],
            ["Strength", str(strength) if isinstance(strength, int) else ""],
            ["Place", GEO_PRECISION.get(row["geo_precision"], "precision not stated")],
            *_common(row),
            ["Source", _words_of(row["source"])],
            ["Id", row["post_id"]],
        ],
        "links": links_in(row["source"]),
    }
    return {key: row[key] for key in ("start", "end", "kind", "contingent")} | {"card": card}


def _words_of(source: str) -> str:
    """A source list without its addresses, which stand below as links."""
    words = [part.strip() for part in source.split(";")]
    named = [" ".join(w for w in part.split() if not w.startswith("http")) for part in words]
    return "; ".join(filter(None, named))
