"""Does a text look like words? The test by which a reading in a wrong encoding gives itself away."""

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

_APART = re.compile(r"[\s\u00a0\-–—…'’‘“”„‚«»‹›·,;:.!?()\[\]{}/\\|\"0-9_#&*+<=>@`~^%$]+")
_BEFORE, _AFTER = "¿¡§№†•‡©±×£€¤", "°ªº™®©²³¹¼½¾%€£†‡µ¢"
_WESTERN_SIGNS = frozenset("–—…‘’“”„‚«»·•€£§©®°±\u00a0")
_SYMBOLIC = frozenset("ªºµƒˆ")  # letters by their class, not in a word
_TATWEEL = "\u0640"
_VOWELS = frozenset("аеёиоуыэюяіїєўѝ")
_NEVER_FIRST = frozenset("ъьЪЬ")
_NEVER_LAST = frozenset("σ")
_ONLY_LAST = frozenset("ςךםןףץةى")

_CYRILLIC = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",  # Russian, Ukrainian, Belarusian, Bulgarian
    "абвгдђѓежзѕијклљмнњопрстћќуфхцчџш",  # Serbian, Macedonian
)
_ALPHABETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("windows-1251", "koi8-r", "koi8-u", "cp866", "mac-cyrillic"), _CYRILLIC),
    "windows-1252": (
        "àâæçéèêëîïôœùûüÿ",  # French
        "äöüßé",  # German
        "áéíñóúüªº",  # Spanish
        "áâãàçéêíóôõúü",  # Portuguese
        "àèéìíîòóùú",  # Italian
        "àçèéíïòóúü",  # Catalan
        "åäöéæø",  # Nordic
        "áðéíóúýþæö",  # Icelandic
        "åäöõüšž",  # Finnish, Estonian
        "äëéïöüèê",  # Dutch
        "çë",  # Albanian
        "áéíóú",  # Irish
    ),
    "windows-1254": ("çğıiöşüâîû",),  # Turkish, and Azerbaijani without its ə
    "windows-1250": (
        "ąćęłńóśźż",  # Polish
        "áčďéěíňóřšťúůýž",  # Czech
        "áäčďéíĺľňóôŕšťúýž",  # Slovak
        "áéíóöőúüű",  # Hungarian
        "ăâîşţșț",  # Romanian
        "čćđšž",  # Bosnian, Croatian, Serbian, Slovenian
        "äöüßé",  # German
    ),
}


@lru_cache(maxsize=100_000)
def odd(text: str) -> bool:
    """Whether some word of the text is no word of any language, by its letters alone."""
    return any(_odd_word(word) for word in _APART.split(text) if word)


def explained(words: list[str], encoding: str) -> bool:
    """Whether one language that is written in this encoding has all letters of the words.

    Encodings of one script only explain whatever they can write.
    """
    alphabets = _ALPHABETS.get(encoding)
    if alphabets is None:
        return True
    letters = {letter for word in words for letter in word.lower() if ord(letter) > 127 and letter.isalpha()}
    letters.discard("\u0307")  # what the lower case of İ leaves over
    return any(letters <= set(alphabet) for alphabet in alphabets)


def only_signs(text: str) -> bool:
    """Whether the text's signs beyond ASCII are those of any Western text: dashes, quotes, money, degrees."""
    return all(sign.isascii() or sign in _WESTERN_SIGNS for sign in text)


def _odd_word(word: str) -> bool:
    core = word.lstrip(_BEFORE).rstrip(_AFTER)
    if core.isascii():
        return False
    return _has_symbols(core) or _mixes(core) or _misplaces(core)


def _has_symbols(core: str) -> bool:
    """Signs that are no letters, or marks without a letter before them."""
    classes = [unicodedata.category(sign) for sign in core]
    return (
        any(kind[0] not in "LM" for kind in classes)
        or classes[0][0] == "M"
        or any(kind == "Lm" and sign != _TATWEEL for kind, sign in zip(classes, core, strict=True))
        or any(sign in _SYMBOLIC for sign in core)
    )


def _mixes(core: str) -> bool:
    """Letters of several scripts, or a Latin word of several letters none of which is plain."""
    scripts = {unicodedata.name(sign, "NONE").split()[0] for sign in core} - {"COMBINING"}
    if len(scripts) > 1:
        return True
    if scripts == {"CYRILLIC"}:
        return len(core) > 4 and not _VOWELS & set(core.lower())
    return scripts == {"LATIN"} and len(core) > 2 and not any(sign.isascii() for sign in core)


def _misplaces(core: str) -> bool:
    """Capitals after small letters, or letters where they never stand."""
    return (
        any(a.islower() and b.isupper() for a, b in pairwise(core))
        or core[0] in _NEVER_FIRST
        or core[-1] in _NEVER_LAST
        or any(sign in _ONLY_LAST for sign in core[:-1])
    )
