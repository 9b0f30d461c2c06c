"""Names of columns that files of the field use: they tell a header from a title."""

import re
from collections.abc import Sequence
from functools import cache

from geo import columns

_ACLED = """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1
admin2 admin3 location latitude longitude geo_precision source source_scale notes fatalities tags timestamp"""
_UCDP = """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id
side_b_new_id side_b number_of_sources source_article source_office source_date source_headline
source_original where_prec where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt
priogrid_gid country country_id region event_clarity date_prec date_start date_end deaths_a deaths_b
deaths_civilians deaths_unknown best high low gwnoa gwnob"""
_GEOCONFIRMED = """date name faction origin latitude longitude pluscode description source geolocation
equipment equipmentitems units orbatunits id"""
_COMMON = "lat lon lng x y title type place city village district province state start end status"


def folded(cell: str) -> str:
    """A column's name without case, and with one underscore for what stands between words."""
    return re.sub(r"[\W_]+", "_", cell.casefold()).strip("_")


@cache
def known_names() -> frozenset[str]:
    """Every column name that our templates and the field's data sets use, folded."""
    ours = {
        name
        for family in columns.FAMILIES.values()
        for column in family
        for name in (column.name, *column.aliases)
    }
    return frozenset(
        folded(name) for name in ours | set(f"{_ACLED} {_UCDP} {_GEOCONFIRMED} {_COMMON}".split())
    )


def known_among(cells: Sequence[str]) -> int:
    """How many of the cells are such names."""
    names = known_names()
    return sum(folded(cell) in names for cell in cells if cell)
