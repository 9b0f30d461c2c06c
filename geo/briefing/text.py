"""Words on a sheet: measured before they are drawn, wrapped or cut to their box, never read as markup."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import matplotlib
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import LoadFlags

Face = Literal["regular", "bold", "italic"]
POINT_MM = 25.4 / 72
"""Millimetres in a typographic point."""
LINE = 1.28
"""Distance of baselines, in sizes of the type."""
ELLIPSIS = "…"
MISSING = "□"
"""Stands for a character that the type lacks."""
# The files that come with matplotlib: the same sheet on every machine, whatever else is installed.
_FILES: dict[Face, str] = {
    "regular": "DejaVuSans.ttf",
    "bold": "DejaVuSans-Bold.ttf",
    "italic": "DejaVuSans-Oblique.ttf",
}
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
LONGEST = 2_000
"""Characters of a text that are looked at; no box of a sheet holds more."""


def font_path(face: Face) -> str:
    """File of a face of the sheet's one type family."""
    return str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / _FILES[face])


def face_for(text: str, face: Face) -> Face:
    """The face, or the regular one for a text in a script that the face lacks."""
    glyphs = _glyphs(face)
    return face if all(ord(char) in glyphs for char in text) else "regular"


def font(face: Face, points: float) -> FontProperties:
    """The face in a size."""
    return FontProperties(fname=font_path(face), size=points)


def clean(text: str) -> str:
    """One line of characters that the type can draw.

    Controls, line breaks and marks that change the direction of writing become nothing or a space; a
    character without a glyph becomes its unaccented form, else a box.
    """
    seen = "".join(_seen(char) for char in str(text)[:LONGEST])
    drawn = "".join(char if _has_glyph(char) else _plain(char) for char in seen)
    return " ".join(drawn.split(" ")).strip()


def can_draw(text: str) -> bool:
    """Whether the type has every character of the text."""
    return all(_has_glyph(char) for char in text)


def width_mm(text: str, points: float, face: Face = "regular") -> float:
    """Width of a cleaned line in a size."""
    face = face_for(text, face)
    return sum(_advance(char, face) for char in text) * points * POINT_MM


def line_mm(points: float) -> float:
    """Distance between two baselines."""
    return points * LINE * POINT_MM


def wrap(text: str, width: float, points: float, *, face: Face = "regular", most: int = 99) -> list[str]:
    """The cleaned text in lines of at most ``width`` mm; the last of ``most`` lines ends in an ellipsis."""
    lines: list[str] = []
    line = ""
    for word in (part for w in clean(text).split() for part in _pieces(w, width, points, face)):
        longer = f"{line} {word}" if line else word
        if line and width_mm(longer, points, face) > width:
            lines.append(line)
            line = word
        else:
            line = longer
    lines += [line] if line else []
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width, points, face=face, always=True)]


def cut(text: str, width: float, points: float, *, face: Face = "regular", always: bool = False) -> str:
    """The cleaned text on one line; what does not fit gives way to an ellipsis."""
    text = clean(text)
    if width_mm(text, points, face) <= width and not always:
        return text
    room = width - width_mm(ELLIPSIS, points, "bold")
    kept = 0
    for char in text:
        # What is left may be drawn in either face: the wider one counts.
        room -= max(width_mm(char, points, face), width_mm(char, points))
        if room < 0:
            break
        kept += 1
    return text[:kept].rstrip() + ELLIPSIS


def joined(parts: Sequence[str], *, between: str = "  ·  ") -> str:
    """The parts that say something, on one line."""
    return between.join(part for part in parts if part)


def _pieces(word: str, width: float, points: float, face: Face) -> list[str]:
    """The word itself, or its pieces when no line holds it."""
    if width_mm(word, points, face) <= width:
        return [word]
    pieces, piece = [], ""
    for char in word:
        if piece and width_mm(piece + char, points, face) > width:
            pieces.append(piece)
            piece = ""
        piece += char
    return [*pieces, piece]


def _seen(char: str) -> str:
    if char in "\n\r\t\v\f":
        return " "
    return "" if unicodedata.category(char) in _UNSEEN else char


def _plain(char: str) -> str:
    base = "".join(c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c))
    return base if base and base != char and can_draw(base) else MISSING


@cache
def _glyphs(face: Face) -> frozenset[int]:
    return frozenset(get_font(font_path(face)).get_charmap())


def _has_glyph(char: str) -> bool:
    return ord(char) in _glyphs("regular")


@cache
def _advance(char: str, face: Face) -> float:
    """Width of a character, in sizes of the type."""
    type_ = get_font(font_path(face))
    type_.set_size(100, 72)
    glyph = type_.load_char(ord(char), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100
