"""What every reader of a file gives: a header, and rows of text that can be read as often as needed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from geo.ingest.rawcells import raw_rows
from geo.model import Issue, Note, Question

GEOMETRY = "geometry"
"""Name of the column in which layers give each row's shape, as GeoJSON geometry in EPSG:4326."""
ABOUT_SHEET = "About conflictmap"
"""Name of the sheet in which our workbooks tell where their rows are from; it holds no rows."""
BATCH_ROWS = 10_000
"""Rows that are in memory at once."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows in the file's order, column by column.

    ``lines`` is the physical line on which each row starts (sheet row or feature number for other
    formats), ``columns`` has as many texts for each column of the header, none at all if there are no rows.
    ``issues`` are rows that could not be read, one issue each: they count as read and rejected. ``raw()`` gives
    the cells of each row as a JSON list.
    """

    lines: Sequence[int]
    columns: Sequence[Sequence[str]]
    issues: Sequence[Issue] = ()
    raw: Callable[[], list[str]] = list

    @property
    def cells(self) -> list[tuple[str, ...]]:
        """The texts of each row."""
        return list(zip(*self.columns, strict=True))


def batch_of_rows(
    lines: Sequence[int], cells: Sequence[Sequence[str]], issues: Sequence[Issue] = ()
) -> Batch:
    """A batch out of the cells of each row."""
    return Batch(lines, list(zip(*cells, strict=True)), issues, raw=partial(raw_rows, cells))


@dataclass(frozen=True, slots=True)
class Source:
    """A file as rows of text; nothing is interpreted yet.

    ``format`` is csv, xlsx, geojson, ndjson, gpkg, kml or shapefile; ``header`` has the cells as written
    (stripped; blanks and repeats stay); ``tags`` are HXL hashtags by column, or empty. ``batches()``
    reads the rows from the start, each time. ``questions`` are open ones about reading the file;
    ``shapes`` tells that the last column is :data:`GEOMETRY`; ``samples`` are the first rows of a file that has no
    header, whose columns are called by their number.

    ``batches()`` may raise InputRefused: some damage shows only on the way.
    """

    format: str
    header: tuple[str, ...]
    batches: Callable[[], Iterator[Batch]]
    encoding: str = ""
    delimiter: str = ""
    tags: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()
    shapes: bool = False
    samples: tuple[tuple[str, ...], ...] = ()
