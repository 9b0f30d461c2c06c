"""Rows that stack in a column: each knows its height before it is drawn."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.briefing.layout import Box
from geo.briefing.page import ACCENT, RULE, SOFT, Page

Draw = Callable[[Page, float, float], None]
"""Draws a row whose upper left corner is given, in millimetres."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a column; ``title`` rows are never left as the last."""

    height: float
    draw: Draw
    title: bool = False


def heading(text: str, width: float) -> Row:
    """A small heading over a fine rule."""

    def draw(page: Page, x: float, y: float) -> None:
        page.write(text.upper(), x, y + 3.3, 6.0, face="bold", colour=ACCENT)
        page.line([(x, y + 4.4), (x + width, y + 4.4)], edge=RULE, weight=0.6)

    return Row(5.9, draw, title=True)


def space(height: float) -> Row:
    """Nothing, so high."""
    return Row(height, lambda _page, _x, _y: None)


def side_by_side(rows: Sequence[Row], columns: int, width: float) -> list[Row]:
    """The rows in columns, filled from left to right."""
    step = width / columns
    lines = [rows[n : n + columns] for n in range(0, len(rows), columns)]
    return [_line(line, step) for line in lines]


def _line(rows: Sequence[Row], step: float) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        for n, row in enumerate(rows):
            row.draw(page, x + n * step, y)

    return Row(max(row.height for row in rows), draw)


def height_of(rows: Sequence[Row]) -> float:
    """Height of the stacked rows."""
    return sum(row.height for row in rows)


def stack(page: Page, rows: Sequence[Row], box: Box) -> int:
    """Draw rows from the top of a box; returns how many found no room, which the last line states."""
    room = box.height if height_of(rows) <= box.height else box.height - 3.2
    y, drawn = box.y, 0
    for n, row in enumerate(rows):
        following = rows[n + 1].height if row.title and n + 1 < len(rows) else 0.0
        if y + row.height + following > box.y + room + 1e-6:
            break
        row.draw(page, box.x, y)
        y += row.height
        drawn += 1
    left_out = sum(not row.title for row in rows[drawn:])
    if left_out:
        page.write(
            f"… and {left_out} more lines, in the sidecar", box.x, y + 2.4, 5.2, face="italic", colour=SOFT
        )
    return left_out
