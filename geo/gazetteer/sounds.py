"""A second key under which names meet that different alphabets and transliterations spell differently.

``Dayr az Zawr`` and ``Deir ez-Zor``, ``Nakhchivan`` and ``Naxçıvan``, ``Степанакерт`` and ``Stepanakert``
have one sound. It joins too much to be trusted alone: who asks it must have another reason to believe
the place, such as the country that the text speaks of.
"""

import re
from functools import lru_cache

from anyascii import anyascii

SHORTEST = 5
"""Letters that a sound must have; shorter ones join names that have nothing in common."""
MOST_PLACES = 8
"""A sound that more places share tells nothing."""

# The Arabic article in all its assimilated forms, written apart after the key turned hyphens into spaces.
_ARTICLE = re.compile(r"\b(?:al|el|ar|as|ash|ad|an|at|az|ez|es|ed|er|et|ul) ")
# In this order: what one alphabet writes with two letters, another writes with one.
_FOLDED = (
    ("tch", "k"), ("sch", "s"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("zh", "z"),
    ("ch", "k"), ("ph", "f"), ("ck", "k"), ("ks", "h"), ("x", "h"), ("q", "k"), ("c", "k"), ("dj", "i"), ("dzh", "i"),
    ("j", "i"), ("v", "u"), ("w", "u"), ("y", "i"), ("e", "a"), ("o", "u"),
    ("au", "u"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_SILENT_END = 5


@lru_cache(maxsize=4096)
def sound_key(key: str) -> str:
    """The sound of a :func:`geo.gazetteer.normalise.name_key`; empty where it would be too short to tell."""
    sound = _ARTICLE.sub("", anyascii(key).lower() if not key.isascii() else key)
    sound = "".join(filter(str.isalnum, sound))
    for written, folded in _FOLDED:
        sound = sound.replace(written, folded)
    sound = _DOUBLED.sub(r"\1", sound)
    if len(sound) >= _SILENT_END and sound.endswith("h"):
        sound = sound[:-1]
    return sound if len(sound) >= SHORTEST else ""
