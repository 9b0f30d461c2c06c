"""What all commands share: their options, their output, and how a word becomes a day or a file."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.errors import InputRefused, SettingError
from geo.interval import plausible_day
from geo.settings import read_settings

if TYPE_CHECKING:
    from geo.gazetteer.lookup import Gazetteer
    from geo.workflows.desk import Desk

Store = Annotated[str | None, typer.Option("--store", help="Address of the store, sqlite:///FILE.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]

_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), *range(0xD800, 0xE000))}
"""Control characters that JSON lets stand (U+009B begins a terminal's commands), and lone surrogates."""


def open_desk(store: str | None = None) -> "Desk":
    """The desk on the data folder and store in force."""
    from geo.workflows.desk import Desk  # noqa: PLC0415  (see the package: start-up must not wait)

    return Desk(read_settings(store=store))


def open_gazetteer() -> "Gazetteer":
    """The list of places alone, which is there long before a desk is."""
    from geo.gazetteer.lookup import Gazetteer  # noqa: PLC0415  (see the package: start-up must not wait)

    return Gazetteer(read_settings().gazetteer)


def say(result: Any, as_json: bool, lines: Callable[[], list[str]]) -> None:
    """Print the result: one JSON object, or lines for a person."""
    if as_json:
        print(json_line(result))
        return
    for line in lines():
        print(clean(line))


def json_line(value: Any) -> str:
    """JSON on one line that a terminal can show: what would drive it, or cannot be written, is escaped."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_ESCAPES)


def progress(message: str) -> None:
    """A progress line on a terminal; nothing in a pipe."""
    if sys.stderr.isatty():
        print(message, file=sys.stderr)


def clean(text: str) -> str:
    """Without control characters: a name from a file must not drive somebody's terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def read_file(file: Path) -> bytes:
    """The bytes of a file."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputRefused(
            f"{file} cannot be read ({error.strerror}): check the name.", code="unreadable"
        ) from error


def day_or_none(text: str | None, option: str) -> date | None:
    """A day, or None where the option was left out."""
    return required_day(text, option) if text else None


def required_day(text: str, option: str) -> date:
    """A day written YYYY-MM-DD."""
    try:
        return plausible_day(text)
    except ValueError as error:
        raise SettingError(f"{option}: {error}; write it YYYY-MM-DD.") from error


def pairs(words: list[str] | None, *, option: str = "--answer") -> list[tuple[str, str]]:
    """``question=value`` words in two; a place name may hold the sign itself, so the last one counts."""
    pairs = [_split(word) for word in words or []]
    wrong = next((key for key, mark, _ in pairs if not mark), None)
    if wrong is not None:
        raise SettingError(f"{option} {wrong[:40]!r} is not written name=value.")
    return [(key, value) for key, _, value in pairs]


def _split(word: str) -> tuple[str, str, str]:
    key, mark, value = word.rpartition("=")
    return (key, mark, value) if mark else (word, "", "")
