"""The cells of rows as JSON lists, as they are kept beside the typed rows."""

import json
from collections.abc import Iterator, Sequence

import numpy as np

_BLOCK = 100
"""Rows that are looked at together: their text stays in the processor's cache."""
_BETWEEN = '","'
Cells = Sequence[Sequence[str]]


def raw_rows(cells: Cells) -> list[str]:
    """The cells of each row as a JSON list; most need no escaping, and the encoder is slow for a million rows."""
    blocks = (cells[start : start + _BLOCK] for start in range(0, len(cells), _BLOCK))
    return [row for block in blocks for row in _raw_block(block)]


def _raw_block(cells: Cells) -> Sequence[str] | Iterator[str]:
    text = '["' + '"]\n["'.join(map(_BETWEEN.join, cells)) + '"]'
    letters = np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)
    # Nothing needs escaping if every quote and line end is one that was put in just now.
    quotes, line_ends = 2 * sum(map(len, cells)), len(cells) - 1
    is_plain = (
        np.count_nonzero(letters == ord('"')) == quotes
        and np.count_nonzero(letters < ord(" ")) == line_ends
        and "\\" not in text
    )
    return text.split("\n") if is_plain else map(_raw_row, cells)


def _raw_row(cells: Sequence[str]) -> str:
    text = _BETWEEN.join(cells)
    if text.isprintable() and "\\" not in text and text.count('"') == 2 * (len(cells) - 1):
        return f'["{text}"]'
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
