"""How names compare: one key for every way of writing the same letters.

The key ignores case, accents, apostrophes, full stops and the difference between a hyphen and a
space, in every script, so that ``Xankəndi``, ``XANKENDI`` and ``Xankʻəndi`` meet. It does not
transliterate: a Cyrillic name meets Cyrillic spellings only.
"""

import re
import unicodedata
from functools import cache

# Letters that NFKD leaves whole, although a reader takes them for the plain one.
_LETTERS = {
    "ə": "e", "ǝ": "e", "ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t",
    "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "n", "ĸ": "k", "ƿ": "w",
    "ی": "ي", "ک": "ك", "ہ": "ه", "ە": "ه", "ى": "ي", "ـ": "",
}  # fmt: skip
_DROPPED = "'’‘ʻʼʽʾʿ`´ʹˈ′՚׳.·"
_SPACES = '-‐‑‒–—―−־_,;:/\\()[]{}"“”«»„|'
_TABLE = str.maketrans(_LETTERS | dict.fromkeys(_DROPPED, "") | dict.fromkeys(_SPACES, " "))


class _Marks(dict[int, str]):
    """A translation that drops accents and format characters and learns each letter once."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        dropped = unicodedata.combining(letter) or unicodedata.category(letter) == "Cf"
        self[code] = "" if dropped else letter
        return self[code]


_MARKS = _Marks()


def name_key(text: str) -> str:
    """The key under which a name is stored and found; empty for text without letters or digits.

    Applying it twice changes nothing.
    """
    if text.isascii():
        return " ".join(text.casefold().translate(_TABLE).split())
    plain = _without_marks(text.translate(_TABLE)).casefold()
    plain = _without_marks(plain).casefold().translate(_TABLE)
    return " ".join(unicodedata.normalize("NFC", _without_marks(plain)).split())


def _without_marks(text: str) -> str:
    """The text in NFKD without accents and without invisible format characters.

    Vowel signs of Indian and Thai scripts have combining class 0 and stay: they are letters there.
    """
    return unicodedata.normalize("NFKD", text).translate(_MARKS)


# First code point, last code point, language tag; "und" where several languages share the script.
_SCRIPTS = (
    (0x0041, 0x024F, "und-Latn"), (0x1E00, 0x1EFF, "und-Latn"), (0x0250, 0x02AF, "und-Latn"),
    (0x0370, 0x03FF, "el"), (0x1F00, 0x1FFF, "el"),
    (0x0400, 0x052F, "und-Cyrl"), (0x0531, 0x058F, "hy"), (0x10A0, 0x10FF, "ka"), (0x2D00, 0x2D2F, "ka"),
    (0x0590, 0x05FF, "und-Hebr"), (0x0600, 0x06FF, "und-Arab"), (0x0750, 0x077F, "und-Arab"),
    (0x1200, 0x139F, "und-Ethi"), (0xAC00, 0xD7A3, "ko"), (0x3040, 0x30FF, "ja"), (0x4E00, 0x9FFF, "und-Hani"),
)  # fmt: skip


def script_language(name: str) -> str:
    """The language tag that the script of a name's first letter allows: ``hy``, ``ka``, ``und-Latn``, ...; ``und`` if none."""
    return next((_tag(letter) for letter in name if letter.isalpha()), "und")


@cache
def _tag(letter: str) -> str:
    return next((tag for low, high, tag in _SCRIPTS if low <= ord(letter) <= high), "und")


_WORD_WITH_LOOKALIKE = re.compile(
    r"(?<![A-Za-z\u0370-\u052f])"  # from the first letter only, or a long word would be tried from each
    r"(?:[A-Za-z]+[\u0370-\u052f]|[\u0370-\u052f]+[A-Za-z])[A-Za-z\u0370-\u052f]*"
)


def mixed_scripts(text: str) -> list[str]:
    """Words such as "Ѕhusha" whose first letter is Cyrillic and whose others are Latin."""
    if text.isascii():
        return []
    suspects = {match.group() for match in _WORD_WITH_LOOKALIKE.finditer(text)}
    return sorted(word for word in suspects if len({_script(c) for c in word}) > 1)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]
