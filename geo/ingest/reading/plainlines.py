"""Runs of a CSV file in which every line is one whole row: pyarrow reads those several times quicker than the csv module.

What may be read so is proved for each block of lines first. In any doubt the answer is None, and the csv module reads
the block: both must give the same cells.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from geo.ingest.rawcells import raw_rows
from geo.ingest.reading.rowproblems import blank
from geo.ingest.source import Batch

_HEAD_BYTES, _BLOCK_BYTES = 1 << 16, 1 << 22
"""The first block is small: it holds the header, and the csv module reads it."""
_QUOTE, _LINE_FEED, _RETURN, _BACKSLASH, _FIRST_LETTER = 0x22, 0x0A, 0x0D, 0x5C, 0x20
_LOOKED_AT = 100
"""Cells that are looked at to see whether a column's texts come again and again."""
Bytes = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class PlainRows:
    """How many lines a block has, and its cells."""

    lines: int
    table: pa.Table
    needs_escaping: bool

    def batch(self, first: int) -> Batch:
        """The rows as a batch, of which the first stands in line ``first``."""
        return Batch(range(first, first + self.lines), _Columns(self.table), raw=self._raw)

    def _raw(self) -> list[str]:
        if self.needs_escaping:
            return raw_rows(list(zip(*_Columns(self.table), strict=True)))
        joined = pc.binary_join_element_wise(*self.table.columns, '","')
        return list(pc.binary_join_element_wise('["', joined, '"]', "").to_pylist())


class _Columns(Sequence[list[str]]):
    """The columns of a table as texts, each made when it is asked for: many a column of a file is not mapped."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        self._made: dict[int, list[str]] = {}

    def __len__(self) -> int:
        return int(self._table.num_columns)

    def __getitem__(self, place: Any) -> Any:
        if place not in self._made:
            self._made[place] = _texts(self._table.column(place).combine_chunks())
        return self._made[place]


def _texts(column: pa.Array) -> list[str]:
    head = column[:_LOOKED_AT]
    if 2 * pc.count_distinct(head).as_py() > len(head):
        return list(column.to_pylist())
    # One text for all cells that say the same: its hash is known from then on.
    encoded = column.dictionary_encode()
    return list(np.array(encoded.dictionary.to_pylist(), dtype=object)[encoded.indices.to_numpy()].tolist())


class BlockLines:
    """The physical lines of a block, and of those that follow for as long as a row goes on."""

    def __init__(self, block: bytes, following: Iterator[bytes]) -> None:
        self._lines = _lines_of(block)
        self._following = following

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if not self._lines:
            self._lines = _lines_of(next(self._following))
        return self._lines.popleft()

    @property
    def at_end(self) -> bool:
        """Whether all lines of the blocks begun so far were taken."""
        return not self._lines


def read_blocks(file: BinaryIO) -> Iterator[bytes]:
    """The file in pieces that end with a line feed; the last one ends with the file."""
    rest = b""
    size = _HEAD_BYTES
    while piece := file.read(size):
        if end := piece.rfind(b"\n") + 1:
            yield rest + piece[:end]
            rest, size = piece[end:], _BLOCK_BYTES
        else:
            rest += piece
    if rest:
        yield rest


def plain_rows(block: bytes, *, delimiter: str, width: int) -> PlainRows | None:
    """The rows of a block of UTF-8, if every line is one row of that width and none is blank; else None."""
    letters = np.frombuffer(block, np.uint8)
    line_ends = int(np.count_nonzero(letters == _LINE_FEED))
    returns = np.flatnonzero(letters == _RETURN)
    # A return within a line would be a line end to the csv module.
    if len(returns) and (returns[-1] + 1 == len(letters) or (letters[returns + 1] != _LINE_FEED).any()):
        return None
    quotes = np.flatnonzero(letters == _QUOTE)
    if not _are_regular(quotes, letters, ord(delimiter)):
        return None
    lines = line_ends + (not block.endswith(b"\n"))
    table = _table(block, delimiter, width)
    if table is None or table.num_rows != lines or _has_blank_row(table):
        return None
    controls = int(np.count_nonzero(letters < _FIRST_LETTER)) - line_ends - len(returns)
    tabs = int(np.count_nonzero(letters == ord("\t"))) if delimiter == "\t" else 0
    doubled = bool((np.diff(quotes) == 1)[1::2].any())
    needs_escaping = doubled or controls > tabs or (tabs > lines * (width - 1)) or _BACKSLASH in block
    return PlainRows(lines, table, needs_escaping)


def _are_regular(quotes: npt.NDArray[np.intp], letters: Bytes, delimiter: int) -> bool:
    """Whether every quote opens a cell, closes one, or is one of two that stand for a quote in a cell."""
    if len(quotes) % 2:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    outside = np.zeros(256, dtype=bool)
    outside[[delimiter, _LINE_FEED, _RETURN, _QUOTE]] = True
    begins = opening[1:] if len(opening) and opening[0] == 0 else opening
    ends = closing[:-1] if len(closing) and closing[-1] + 1 == len(letters) else closing
    return bool(outside[letters[begins - 1]].all() and outside[letters[ends + 1]].all())


def _table(block: bytes, delimiter: str, width: int) -> pa.Table | None:
    names = [str(place) for place in range(width)]
    try:
        return csv.read_csv(
            pa.BufferReader(block),
            read_options=csv.ReadOptions(use_threads=False, block_size=len(block) + 1, column_names=names),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False
            ),
            convert_options=csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string())),
        )
    except pa.ArrowInvalid:
        return None


def _has_blank_row(table: pa.Table) -> bool:
    first = table.column(0)
    empty = np.flatnonzero(pc.equal(pc.utf8_trim_whitespace(first), "").to_numpy())
    return any(blank([column[place].as_py() for column in table.columns]) for place in empty.tolist())


def _lines_of(block: bytes) -> deque[str]:
    # newline="" splits at returns, too, as a file does that is opened so, and keeps every line end.
    return deque(StringIO(block.decode(), newline=""))
