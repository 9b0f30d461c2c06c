"""Names and texts of a file that somebody sent, made fit to stand in a sentence."""

import re
import unicodedata

_LONGEST_NAME = 80
_LONGEST_VALUE = 200
_PLAIN_NAME = re.compile(r"[\w][\w .()-]{0,63}")


def shown(text: str, *, longest: int = _LONGEST_NAME) -> str:
    """The text on one line, clipped; controls, direction marks and stray bytes become a middle dot."""
    whole = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return "".join(
        "·" if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else sign for sign in whole
    )


def clipped(cell: str) -> str:
    """A cell's text for an issue: as written, but not endless, and without bytes that are no text."""
    whole = cell if len(cell) <= _LONGEST_VALUE else f"{cell[: _LONGEST_VALUE - 1]}…"
    return whole.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def handles(names: list[str]) -> list[str]:
    """What a person types to choose one of the names: the name if it is plain, else its number.

    Names come from the file and may be hostile or repeat; a number is always safe.
    """
    return [
        name if _PLAIN_NAME.fullmatch(name) and names.count(name) == 1 and not name.isdigit() else str(number)
        for number, name in enumerate(names, start=1)
    ]
