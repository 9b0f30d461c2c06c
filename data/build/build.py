"""Make boundaries, control zones and derived columns again: ``python data/build/build.py WORKDIR``.

Sources are fetched into WORKDIR and the result is written to WORKDIR/data, then compared with what is
committed; ``--replace`` puts it in its place. Needs the project's environment, apt-get, dpkg-deb and npm.
"""

import argparse
import shutil
import sys
from pathlib import Path

import geopandas as gpd
from admin import UnknownUnit, admin0_of, admin1_of
from check import check_against, check_villages
from districts import Shapes, districts_frame, divided
from fetch import WrongSource, fetch_physical, fetch_world_map
from geopandas import GeoDataFrame
from oblast import disputed_lines_of, former_nkao_of
from physical import LAYERS, read_physical
from tables import (
    admin_layers,
    exceptions_of,
    located,
    placed,
    read_geonames,
    read_table,
    with_units,
    write_table,
)
from traced import read_traced_lines, read_traced_table
from write import tidy_layer, write_description, write_history, write_layer
from zones import ground_of, line_shapes, zone_shapes

from geo import columns

COMMITTED = Path(__file__).resolve().parent.parent


def main() -> int:
    """Fetch, build, write, check; 1 when a check found something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workdir", type=Path, help="folder for downloads and results")
    parser.add_argument("--replace", action="store_true", help="put the result into data/")
    asked = parser.parse_args()
    made = asked.workdir / "data"
    (made / "boundaries").mkdir(parents=True, exist_ok=True)
    try:
        findings = rebuild(asked.workdir, made)
    except (UnknownUnit, WrongSource) as error:
        print(error, file=sys.stderr)
        return 1
    if asked.replace:
        shutil.copytree(made, COMMITTED, dirs_exist_ok=True)
        print(f"replaced in {COMMITTED}")
    return 1 if findings else 0


def rebuild(workdir: Path, made: Path) -> list[str]:
    """Write everything below ``made``; what the checks found comes back."""
    say("fetching sources")
    world, physical = fetch_world_map(workdir), fetch_physical(workdir)
    say("repairing and dissolving boundaries")
    repairs = read_traced_table("azerbaijan_repairs.csv")
    admin1 = tidy_layer(admin1_of(gpd.read_file(world, layer="states_provinces"), repairs=repairs))
    lines = tidy_layer(disputed_lines_of(gpd.read_file(world, layer="disputed_borders")))
    oblast = tidy_layer(former_nkao_of(lines))
    say("dividing districts along the former oblast")
    districts = divided(admin1, oblast=oblast.geometry.iloc[0])
    layers = {
        "admin0": tidy_layer(admin0_of(admin1)),
        "admin1": admin1,
        "disputed_lines": lines,
        "former_nkao": oblast,
        "karabakh_districts": districts_frame(districts.whole, admin1=admin1),
        **{name: tidy_layer(read_physical(physical, name=name)) for name in LAYERS},
    }
    write_layers(layers, made / "boundaries")
    say("cutting control zones and lines")
    traced = read_traced_lines()
    ground = ground_of(
        admin1, lines, oblast=oblast.geometry.iloc[0], outside=districts.outside, traced=traced
    )
    shapes = zone_shapes(ground, traced=traced)
    drawn = line_shapes(lines, admin1, held_oblast=shapes["held_oblast"], traced=traced)
    write_control(shapes, drawn, folder=made)
    say("filling tables")
    write_tables(layers, folder=made)
    say("checking")
    findings = check_villages(shapes, villages=read_traced_table("control_villages.csv"))
    for finding in [*findings, *check_against(COMMITTED, made=made)]:
        say(f"  {finding}")
    return findings


def write_layers(layers: dict[str, GeoDataFrame], folder: Path) -> None:
    """Write every layer with its description."""
    for name, layer in layers.items():
        digest = write_layer(layer, name=name, folder=folder)
        described = COMMITTED / "boundaries" / f"{name}.toml"
        write_description(described, target=folder / described.name, sha256=digest)
        say(f"  {name}: {len(layer)} rows")


def write_control(zones: Shapes, lines: Shapes, *, folder: Path) -> None:
    """Write the control zones and lines with their history."""
    for table, family, shapes in (("zone", "zones", zones), ("line", "lines", lines)):
        history = read_traced_table(f"{table}_history.csv")
        path = folder / f"control_{family}.geojson"
        write_history(history, shapes=shapes, columns=columns.names(family), path=path)


def write_tables(layers: dict[str, GeoDataFrame], *, folder: Path) -> None:
    """Write the tables whose coordinates or units follow from places and boundaries."""
    admin1, districts = layers["admin1"], layers["karabakh_districts"]
    known = read_table(COMMITTED / "places.csv")
    places = located(known, geonames=read_geonames(), admin0=layers["admin0"])
    exceptions = exceptions_of(places, admin1=admin1, districts=districts)
    units = admin_layers(admin1, districts, exceptions=exceptions)
    events = placed(read_table(COMMITTED / "events.csv"), places=places)
    write_table(places, folder / "places.csv")
    write_table(exceptions, folder / "district_exceptions.csv")
    write_table(with_units(events, places=places, layers=units), folder / "events.csv")
    for name in ("posts.csv", "place_aliases.csv"):
        write_table(placed(read_table(COMMITTED / name), places=places), folder / name)


def say(text: str) -> None:
    """One line of progress."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
