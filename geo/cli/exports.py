"""The export command."""

# Commands import what they need when they run: `--help` must not wait for the map's libraries.
# ruff: noqa: PLC0415

from pathlib import Path
from typing import Annotated

import typer

from geo.cli.shared import Json, Store, day_or_none, open_desk, say
from geo.errors import SettingError

app = typer.Typer()


@app.command()
def export(
    family: Annotated[str, typer.Argument(help="events, zones, lines or posts.")],
    out: Annotated[
        Path, typer.Option("-o", "--out", help="FILE.csv, .xlsx, .geojson, .gpkg, .kml or .shp.zip.")
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="Only what holds on this day, YYYY-MM-DD.")
    ] = None,
    since: Annotated[str | None, typer.Option("--from", help="Only events from this day on.")] = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Write rows with licence and record. Example: conflictmap export events -o events.gpkg"""
    from geo.workflows.exporting import write_export

    last, first = day_or_none(as_of, "--as-of"), day_or_none(since, "--from")
    if first and last and first > last:
        raise SettingError(f"--from {first} lies after --as-of {last}: swap the two days.")
    made = write_export(open_desk(store), family, out, as_of=last, since=first)
    result = {
        "file": made.file,
        "rows": made.rows,
        "losses": list(made.losses),
        "citation": made.record.citation,
    }
    say(
        result,
        as_json,
        lambda: [
            f"{made.file}: {made.rows} rows.",
            made.record.citation,
            *(f"lost: {loss}" for loss in made.losses),
        ],
    )
