"""Make ``data/gazetteer/counties.csv`` again: ``python data/build/counties.py WORKDIR``.

Counties and parishes of the United States with a point inside each, from the Census Bureau's outlines of 2017 in the npm
package us-atlas (the data are in the public domain). Cities that are counties of their own stay out: they are cities.
"""

import csv
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import shapely

COMMITTED = Path(__file__).resolve().parents[1] / "gazetteer" / "counties.csv"
PACKAGE, MEMBER = "us-atlas@3.0.0", "package/counties-10m.json"
FIRST_INDEPENDENT_CITY = 500
"""County numbers from here on are those of cities outside any county."""
WORDS = {"22": "Parish", "02": "Borough"}
COLUMNS = ("country", "admin1", "name", "lon", "lat")


def main() -> int:
    """Fetch the package into WORKDIR and write the table."""
    workdir = Path(sys.argv[1])
    subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=workdir, check=True)
    with tarfile.open(workdir / "us-atlas-3.0.0.tgz") as archive:
        archive.extract(MEMBER, workdir, filter="data")
    states = gpd.read_file(workdir / MEMBER, layer="states").set_index("id")["name"].to_dict()
    rows = sorted(county_rows(gpd.read_file(workdir / MEMBER, layer="counties"), states))
    with COMMITTED.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return 0


def county_rows(counties: gpd.GeoDataFrame, states: dict[str, str]) -> Iterator[tuple[object, ...]]:
    """Country, state, name with its word, and a point inside."""
    for county in counties.itertuples():
        state = county.id[:2]
        if state in states and int(county.id[2:]) < FIRST_INDEPENDENT_CITY and int(state) < 60:
            centre = shapely.centroid(county.geometry)
            inside = centre if county.geometry.contains(centre) else shapely.point_on_surface(county.geometry)
            name = f"{county.name} {WORDS.get(state, 'County')}"
            yield "US", states[state], name, round(inside.x, 3), round(inside.y, 3)


if __name__ == "__main__":
    raise SystemExit(main())
