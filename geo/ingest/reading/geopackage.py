"""A GeoPackage: what SQLite says of it before GDAL opens it, and the choice of its layer; runs in the worker."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputRefused
from geo.ingest.reading.answers import choose
from geo.ingest.reading.labels import handles, shown
from geo.ingest.reading.layers import read_layer, reply_of
from geo.ingest.reading.refusals import incomplete_layer
from geo.ingest.reading.wire import Reply, said
from geo.model import Option, Question

if TYPE_CHECKING:
    from geo.ingest.reading.worker import Job

_CODE = "GPK-02"
_LAYERS = "SELECT table_name, data_type FROM gpkg_contents WHERE data_type IN ('features', 'attributes')"


@dataclass(frozen=True, slots=True)
class Content:
    """One table of the package. Its name may be anything and is only shown."""

    table: str
    spatial: bool
    rows: int

    @property
    def label(self) -> str:
        """What the table is called to a person."""
        rows = f"{self.rows:,} row{'' if self.rows == 1 else 's'}"
        return f"{shown(self.table)}: {rows}{'' if self.spatial else ', without shapes'}"


def work(job: "Job") -> Reply:
    """Read the chosen layer of a GeoPackage."""
    contents = _contents(job.path, job.name)
    values = handles([content.table for content in contents])
    options = tuple(Option(value, content.label) for value, content in zip(values, contents, strict=True))
    first = next((place for place, content in enumerate(contents) if content.spatial and content.rows), 0)
    question = Question(
        "layer",
        "GPK-03",
        f"{shown(job.name)} has {len(contents)} layers: which one is meant?",
        options,
        proposed=values[first],
    )
    chosen, questions = choose(question, job.answers)
    layer = read_layer(job.path, driver="GPKG", layer=contents[chosen].table, name=job.name, code=_CODE)
    reply = reply_of(layer, job, kind="gpkg")
    reply["questions"] = said((), questions)["questions"] + reply["questions"]
    return reply


def _contents(path: Path, name: str) -> list[Content]:
    _check_length(path, name)
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            tables = {
                row[0]
                for row in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
            }
            if "gpkg_contents" not in tables:
                raise InputRefused(
                    f"{shown(name)} is a SQLite database but not a GeoPackage: export it as GeoPackage.",
                    code=_CODE,
                )
            listed = [(str(table), str(kind)) for table, kind in database.execute(_LAYERS) if table in tables]
            contents = [Content(table, kind == "features", _count(database, table)) for table, kind in listed]
    except sqlite3.Error as error:
        raise incomplete_layer(name, code=_CODE) from error
    if not contents:
        raise InputRefused(f"{shown(name)} holds no layers: export it again.", code=_CODE)
    return contents


def _count(database: sqlite3.Connection, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(database.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608 - quoted as SQLite wants it


def _check_length(path: Path, name: str) -> None:
    """SQLite itself notices a missing end only when it comes to it."""
    with path.open("rb") as file:
        head = file.read(100)
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    if len(head) < 100 or path.stat().st_size < pages * (65536 if page == 1 else page):
        raise InputRefused(
            f"{shown(name)} is incomplete: its end is missing; copy or export it again.", code=_CODE
        )
