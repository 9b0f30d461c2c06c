"""Keys as rows of letters, and the signature by which keys that cannot be similar are passed over."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Signatures = npt.NDArray[np.uint64]
_ENCODINGS = {1: "latin-1", 2: "utf-16-le", 4: "utf-32-le"}
_LETTER_TYPES: dict[int, npt.DTypeLike] = {1: np.uint8, 2: np.uint16, 4: np.uint32}
# Where the bit of a second occurrence stands: the letters of most alphabets fill less than half the bits.
_SECOND = 32
BITS = 64


def width_of(key: str) -> int:
    """Bytes that each letter of a key takes when all take the same: 1, 2 or 4."""
    highest = ord(max(key, default=" "))
    if highest < 0x100:
        return 1
    return 2 if highest < 0x10000 else 4


def packed(keys: Sequence[str], width: int) -> bytes:
    """Keys of one width and length, one behind the other."""
    return "".join(keys).encode(_ENCODINGS[width], "surrogatepass")


def unpacked(content: bytes, width: int, length: int) -> list[str]:
    """The keys that :func:`packed` put together."""
    letters = content.decode(_ENCODINGS[width])
    return [letters[start : start + length] for start in range(0, len(letters), length)]


def letter_rows(content: bytes, width: int, length: int) -> npt.NDArray[Any]:
    """Packed keys as a table with a row for each key and a column for each letter."""
    return np.frombuffer(content, _LETTER_TYPES[width]).reshape(-1, length)


def signatures(rows: npt.NDArray[Any]) -> Signatures:
    """One number for each row: a bit for every letter in it, another for every letter that it has twice.

    An edit takes away one letter, adds one, or both, and each changes one bit at most; the order of the
    letters does not count. So keys that differ in more bits are further apart.
    """
    made = np.zeros(len(rows), np.uint64)
    for column in range(rows.shape[1]):
        letter = rows[:, column]
        earlier = (rows[:, :column] == letter[:, np.newaxis]).sum(axis=1)
        bit = (letter.astype(np.uint64) + np.where(earlier == 1, _SECOND, 0).astype(np.uint64)) % BITS
        made |= np.where(earlier < 2, np.uint64(1) << bit, np.uint64(0))
    return made


def signature(key: str) -> np.uint64:
    """The signature of a single key."""
    width = width_of(key)
    return np.uint64(signatures(letter_rows(packed([key], width), width, len(key)))[0])


def most_bits(edits: int, longer_by: int) -> int:
    """In how many bits signatures may differ at this distance, when one key is longer than the other."""
    return longer_by + 2 * (edits - longer_by)
