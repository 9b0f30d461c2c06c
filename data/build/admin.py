"""Countries and first-level units: Natural Earth with its known errors repaired."""

import pandas as pd
import shapely
from geopandas import GeoDataFrame

CRIMEA = ("Crimea", "Sevastopol")
CRIMEA_STATUS = "annexed by Russia 2014; UN GA 68/262: Ukraine"
COUNTRY_NOTES = {
    "UKR": "includes Crimea (annexed by Russia 2014; UN GA 68/262)",
    "SOL": "Somaliland: de facto; UN: Somalia",
    "CYN": "Northern Cyprus: de facto; UN: Cyprus",
    "KOS": "Kosovo: partially recognised",
    "SAH": "Western Sahara: non-self-governing",
}
ADMIN1_COLUMNS = {
    "name": "name",
    "name_en": "name_en",
    "admin": "adm0",
    "adm0_a3": "adm0_a3",
    "iso_a2": "iso_a2",
    "iso3166_2": "iso3166_2",
    "fips": "fips",
    "status": "status",
}


class UnknownUnit(Exception):
    """A repair names a unit that the source does not have: the source has changed."""


def admin1_of(states: GeoDataFrame, *, repairs: pd.DataFrame) -> GeoDataFrame:
    """First-level units of the world from the layer ``states_provinces``."""
    units = states.assign(status="", iso3166_2="")
    units["name_en"] = units["gn_name"].fillna(units["woe_name"]).fillna(units["name"])
    units = repaired(with_crimea_in_ukraine(units), repairs=repairs)
    units = units.sort_values(["adm0_a3", "name", "name_en"], kind="stable", na_position="last")
    units = units[[*ADMIN1_COLUMNS, "geometry"]].rename(columns=ADMIN1_COLUMNS)
    return units.fillna(dict.fromkeys(ADMIN1_COLUMNS.values(), ""))


def with_crimea_in_ukraine(units: GeoDataFrame) -> GeoDataFrame:
    """Natural Earth paints who holds the ground; the UN General Assembly treats Crimea as Ukraine."""
    crimea = units["name"].isin(CRIMEA) & units["adm0_a3"].eq("RUS")
    if crimea.sum() != len(CRIMEA):
        raise UnknownUnit("Crimea and Sevastopol are not where Natural Earth 4.1 had them.")
    changed = units.copy()
    changed.loc[crimea, ["iso_a2", "adm0_a3", "admin"]] = ["UA", "UKR", "Ukraine"]
    changed.loc[crimea, "status"] = CRIMEA_STATUS
    return changed


def repaired(units: GeoDataFrame, *, repairs: pd.DataFrame) -> GeoDataFrame:
    """Units of Azerbaijan with the names and codes that belong to their polygons.

    The errors were found by joining GeoNames towns with the polygons: Lachin was called "Lankaran",
    Khojaly and Khankendi were swapped.
    """
    changed = units.copy()
    for repair in repairs.itertuples():
        wrong = (
            units["adm0_a3"].eq("AZE") & units["name"].eq(repair.name) & units["gn_name"].eq(repair.gn_name)
        )
        if wrong.sum() != 1:
            raise UnknownUnit(f"{repair.name} ({repair.gn_name}) is there {wrong.sum()} times, not once.")
        changed.loc[wrong, ["name", "name_en", "iso3166_2", "fips"]] = [
            repair.true_name,
            repair.true_name_en,
            repair.true_iso3166_2,
            repair.true_fips,
        ]
    return changed


def admin0_of(admin1: GeoDataFrame) -> GeoDataFrame:
    """Countries, dissolved from their units: Natural Earth's own layer has merged rows without a name."""
    countries = admin1.dissolve(by="adm0_a3", aggfunc={"adm0": _commonest, "iso_a2": _commonest})
    countries = countries.reset_index().rename(columns={"adm0": "name"})
    countries["geometry"] = shapely.make_valid(countries.geometry.values)
    countries.loc[countries["adm0_a3"].eq("PSX"), "name"] = "Palestine"
    countries["iso_a2"] = countries["iso_a2"].replace({"-1": "", "-99": ""})
    countries["note"] = countries["adm0_a3"].map(COUNTRY_NOTES).fillna("")
    return countries.sort_values("adm0_a3")[["adm0_a3", "iso_a2", "name", "note", "geometry"]]


def _commonest(values: pd.Series) -> str:
    return str(values.mode().iloc[0])
