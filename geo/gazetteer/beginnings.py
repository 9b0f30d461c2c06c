"""Which word sequences begin a name? A Bloom filter answers "none" at once for nearly everything that a text says.

Bloom (1970), Space/time trade-offs in hash coding with allowable errors: "yes" may be wrong (here for about 3 in
100 sequences), "no" never is.
"""

from collections.abc import Iterable
from hashlib import blake2b

FEWEST_BITS = 1 << 24
BITS_PER_KEY = 8
_HASHES, _HASH_BYTES = 4, 4


def beginnings_filter(keys: Iterable[str], *, count: int) -> bytes:
    """The filter of about ``count`` name keys and of everything that they begin with, word by word.

    2 MB for the packaged list. Keys in order are quicker: they share their beginnings with the key before.
    """
    made = bytearray(_size(count) // 8)
    mask = len(made) * 8 - 1
    last = ""
    for key in keys:
        for end in (*_word_ends(key), len(key)):
            if end == len(key) or not last.startswith(key[: end + 1]):
                for place in _places(key[:end], mask):
                    made[place >> 3] |= 1 << (place & 7)
        last = key
    return bytes(made)


def may_begin(filled: bytes, words: str) -> bool:
    """Whether a name may begin with, or be, these words of a name key."""
    return all(filled[place >> 3] & 1 << (place & 7) for place in _places(words, len(filled) * 8 - 1))


def _size(count: int) -> int:
    return max(FEWEST_BITS, 1 << (count * BITS_PER_KEY - 1).bit_length()) if count else FEWEST_BITS


def _word_ends(key: str) -> list[int]:
    return [at for at, letter in enumerate(key) if letter == " "]


def _places(words: str, mask: int) -> list[int]:
    digest = blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_HASHES * _HASH_BYTES).digest()
    number = int.from_bytes(digest, "big")
    return [number & mask, number >> 32 & mask, number >> 64 & mask, number >> 96 & mask]
