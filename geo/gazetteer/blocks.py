"""Writes the blocks that the search for similar names reads: keys of one length side by side."""

import math
import sqlite3
from array import array
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from geo.gazetteer.letters import letter_rows, packed, signatures, width_of
from geo.gazetteer.rows import PLACE, priors_of

_KEYS = "SELECT name_key, place, is_primary FROM name_keys ORDER BY name_key, rank"
_PLACES = f"SELECT {PLACE} FROM places p ORDER BY p.place"  # noqa: S608  our own columns
_AT_A_TIME = 100_000
SEVERAL = 0
"""The country number of a key that places of several countries bear, or one of none."""
# A prior lies between -1.1 (a village without people) and about 5.5 (a capital of ours).
_LOWEST_PRIOR, _STEPS = -2.0, 30


class Block(NamedTuple):
    """Keys of one width and length; of each its signature, country number and highest prior."""

    width: int
    length: int
    keys: bytes
    signatures: bytes
    countries: bytes
    priors: bytes


class _Key(NamedTuple):
    text: str
    country: int
    prior: int


class _Growing:
    """A block in the making; as bytes a key takes a tenth of what it takes as an object."""

    def __init__(self) -> None:
        self.keys, self.countries, self.priors = bytearray(), array("H"), bytearray()

    def add(self, key: _Key, width: int) -> None:
        self.keys += packed([key.text], width)
        self.countries.append(key.country)
        self.priors.append(key.prior)


def block_rows(connection: sqlite3.Connection) -> Iterator[Block]:
    """The blocks for the names that the file holds, narrow letters and short keys first."""
    groups: dict[tuple[int, int], _Growing] = {}
    for key in _keys(connection):
        kind = width_of(key.text), len(key.text)
        groups.setdefault(kind, _Growing()).add(key, kind[0])
    for width, length in sorted(groups):
        yield _block(width, length, groups.pop((width, length)))


def country_number(code: str) -> int:
    """A country code of two letters as a number."""
    return int.from_bytes(code.encode("ascii", "replace")[:2], "big") if len(code) == 2 else SEVERAL


def prior_step(prior: float) -> int:
    """A prior in one byte, rounded up: no place may seem less likely than it is."""
    return min(max(math.ceil((prior - _LOWEST_PRIOR) * _STEPS), 0), 255)


def step_prior(step: int) -> float:
    """The prior that a byte of :func:`prior_step` stands for."""
    return step / _STEPS + _LOWEST_PRIOR


def _keys(connection: sqlite3.Connection) -> Iterator[_Key]:
    """Every key once, with the country of its places and the highest prior among them."""
    countries, priors = _of_places(connection)
    for text, rows in groupby(connection.execute(_KEYS), itemgetter(0)):
        named = [(place, main) for _, place, main in rows]
        numbers = {countries[place] for place, _ in named}
        country = numbers.pop() if len(numbers) == 1 else SEVERAL
        yield _Key(text, country, max(priors[main][place] for place, main in named))


def _of_places(connection: sqlite3.Connection) -> tuple["array[int]", tuple[bytearray, bytearray]]:
    """Country number and prior of each place, the prior under another name and under a main name."""
    countries, others, mains = array("H"), bytearray(), bytearray()
    for row in connection.execute(_PLACES):
        other, main = priors_of(row)
        countries.append(country_number(row[7]))
        others.append(prior_step(other))
        mains.append(prior_step(main))
    return countries, (others, mains)


def _block(width: int, length: int, made: _Growing) -> Block:
    content = bytes(made.keys)
    rows = letter_rows(content, width, length)
    signed = [signatures(rows[start : start + _AT_A_TIME]) for start in range(0, len(rows), _AT_A_TIME)]
    return Block(
        width,
        length,
        content,
        np.concatenate(signed).astype("<u8").tobytes(),
        np.array(made.countries, "<u2").tobytes(),
        bytes(made.priors),
    )
