"""Check what was built: against control villages, and against what is committed."""

import json
from pathlib import Path

import pandas as pd
from districts import Shapes
from shapely.geometry import Point, shape

from geo.crs import area_km2


def check_villages(shapes: Shapes, *, villages: pd.DataFrame) -> list[str]:
    """One sentence for each control village on the wrong side of a traced line, known faults aside."""
    return [
        f"{village.name} lies on the wrong side of {village.shape}"
        for village in villages.itertuples(index=False)
        if shapes[village.shape].contains(Point(float(village.lon), float(village.lat)))
        != (village.inside == "yes")
        and not village.known_fault
    ]


def check_against(committed: Path, *, made: Path) -> list[str]:
    """How every file that was made differs from the committed one."""
    return [_difference(committed / path.relative_to(made), path) for path in sorted(made.rglob("*.*"))]


def _difference(committed: Path, made: Path) -> str:
    if not committed.exists():
        return f"{made.name}: new"
    if committed.read_bytes() == made.read_bytes():
        return f"{made.name}: same bytes"
    if made.suffix != ".geojson":
        return f"{made.name}: differs"
    before, after = _areas(committed), _areas(made)
    changes = {row: round(after.get(row, 0) - area, 4) for row, area in before.items()}
    largest = max(changes, key=lambda row: abs(changes[row]))
    return f"{made.name}: differs; largest change of area {changes[largest]} km2 ({largest})"


def _areas(path: Path) -> dict[str, float]:
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    return {
        feature["properties"].get("row_id") or feature["properties"]["line_id"]: area_km2(
            shape(feature["geometry"])
        )
        for feature in features
    }
