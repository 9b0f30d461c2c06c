"""The rules that every report's text must keep, whatever file it came from."""

from geo.errors import InputRefused
from geo.ingest.reading.labels import shown
from geo.settings import MAX_REPORT_CHARACTERS


def checked_text(text: str, *, name: str = "The report") -> str:
    """The text with one kind of line end.

    Raises
    ------
    InputRefused
        It is empty, holds a NUL character or is too long.
    """
    if not text.strip():
        raise InputRefused(f"{shown(name)} is empty: paste the report's text.", code="CSV-07")
    check_no_nul(text, name=name)
    if len(text) > MAX_REPORT_CHARACTERS:
        raise InputRefused(
            f"{shown(name)} has {len(text):,} characters, {MAX_REPORT_CHARACTERS:,} are allowed: split it.",
            code="too_long",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_no_nul(text: str, *, name: str) -> None:
    """Refuse a text with a NUL character, after which programs drop the rest unseen.

    Raises
    ------
    InputRefused
        There is one.
    """
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputRefused(
            f"{shown(name)} holds a NUL character in line {line}: export it again as text.", code="ENC-06"
        )
