"""What places are judged by, out of a desk; and the columns that boundaries fill."""

from functools import lru_cache

import numpy as np
import pandas as pd

from geo.boundaries.assign import assign
from geo.errors import SettingError
from geo.geoparse.parse import parse
from geo.ingest.cases import Ground
from geo.ingest.countries import country_shapes
from geo.ingest.names import Names
from geo.ingest.rows import Rows
from geo.model import Place, Resolution
from geo.store.eventareas import AREA_PRECISION, AreaNumbers
from geo.store.readmodel import event_columns, party_codes
from geo.workflows.desk import Desk


@lru_cache(maxsize=1)  # a process has one desk: each preview would look all its names up again
def ground_of(desk: Desk) -> Ground:
    """Boundaries, areas and names of a desk, ready to judge rows by."""
    return Ground(
        layers=desk.admin_layers,
        shapes=country_shapes(desk.admin_layers),
        areas=desk.areas,
        names=Names(desk.gazetteer),
        resolve=lambda name, country: _resolved(desk, name, country),
        place=lambda place_id: _place(desk, place_id),
    )


def with_admin(desk: Desk, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with coordinates get country and unit from the boundaries where the file gave none."""
    known = assign(
        rows["lon"].to_numpy(float, na_value=float("nan")),
        rows["lat"].to_numpy(float, na_value=float("nan")),
        layers=desk.admin_layers,
    ).set_index(rows.index)
    return rows.assign(
        **{
            column: rows[column].where(rows[column] != "", known[column].astype("str"))
            for column in ("admin0", "admin1")
        }
    )


def unplaced_count(desk: Desk, rows: pd.DataFrame) -> int:
    """Events that the map cannot draw, by the same rule as the map's."""
    columns = event_columns(
        rows, desk.situation, party_codes(desk.situation), tuple(desk.areas), units_at=desk.units.at
    )
    return int((~columns.placed).sum())


def unplaced_rows(desk: Desk, rows: Rows) -> int:
    """The same for rows on their way in: neither a point that may be drawn nor an area."""
    columns = rows.columns
    if None not in columns["lat"] and AREA_PRECISION not in columns["geo_precision"]:
        return 0
    lon, lat = (np.array(columns[name], np.float64) for name in ("lon", "lat"))
    precision = np.fromiter((p or 0 for p in columns["geo_precision"]), np.uint8, len(lat))
    areas = AreaNumbers(tuple(desk.areas), desk.units.at).of(
        columns["place_id"], precision, columns["where_prec"], lon, lat
    )
    return int(((np.isnan(lat) | (precision == AREA_PRECISION)) & (areas < 0)).sum())


def is_place(desk: Desk, place_id: str) -> bool:
    """Whether the gazetteer has the place."""
    try:
        desk.gazetteer.place(place_id)
    except KeyError:
        return False
    return True


def _place(desk: Desk, place_id: str) -> Place:
    """The place that an answer names."""
    try:
        return desk.gazetteer.place(place_id)
    except KeyError:
        raise SettingError(
            f"{place_id[:60]!r} is no place of the gazetteer: answer with the id of a place."
        ) from None


def _resolved(desk: Desk, name: str, country: str) -> Resolution:
    """What a name without a point means, in its country if that is known."""
    context = [country] if country else []
    return parse(name, desk.gazetteer, context=context, given=((0, len(name)),))[0]
