"""The legend: what is on this sheet and nothing else, each status with its definition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo import vocab
from geo.briefing.figures import draw_swatch, number
from geo.briefing.flow import Row, heading, side_by_side, space
from geo.briefing.ground import (
    ADMIN0,
    ADMIN1,
    DASH_DISPUTED,
    DASH_FORMER,
    DISPUTED,
    FORMER,
    LAND,
    RIVER,
    Base,
)
from geo.briefing.layout import Box
from geo.briefing.looks import LINES, Look
from geo.briefing.marks import Marks
from geo.briefing.page import INK, SOFT, Page
from geo.briefing.shapes import circle
from geo.briefing.symbols import AREA_DASH, RING_DASH, draw_event, draw_post
from geo.briefing.text import cut, line_mm, width_mm, wrap
from geo.briefing.zones import ZoneGroup
from geo.layers.words import LINE_KINDS
from geo.situation import Situation

POINTS = 6.3
SMALL = 5.4
TIGHT = 5.5
CONTINGENT = 12.0
SWATCH = 6.5
INDENT = 8.6


@dataclass(frozen=True, slots=True)
class Entry:
    """Ground in the legend: its codes, its words and its look."""

    kind: str
    status: str
    party: str
    label: str
    definition: str
    look: Look


@dataclass(frozen=True, slots=True)
class Legend:
    """Everything that the sheet shows and a reader must be told how to read."""

    ground: tuple[Entry, ...]
    lines: tuple[str, ...]
    posts: tuple[tuple[str, str, int], ...]
    types: Mapping[str, int]
    notes: tuple[str, ...]
    base: tuple[str, ...]


def legend_of(
    groups: Sequence[ZoneGroup], lines: Sequence[str], marks: Marks, base: Base, situation: Situation
) -> Legend:
    """The legend of what is drawn."""
    return Legend(
        ground=tuple(_entry(group, situation) for group in groups),
        lines=tuple(lines),
        posts=_posts(marks),
        types=marks.types,
        notes=_notes(marks),
        base=tuple(name for name in BASE_LINES if not getattr(base, name).is_empty),
    )


def _entry(group: ZoneGroup, situation: Situation) -> Entry:
    term = next(t for t in vocab.ZONE_STATUSES if t.code == group.status)
    holder = situation.party(group.party).label if group.party else ""
    label = term.label
    if group.status == "assessed_control" and holder:
        label = f"Held by {holder}"
    elif holder and group.kind != "administrative":
        label = f"{term.label}: {holder}"
    return Entry(
        group.kind,
        group.status,
        group.party,
        label,
        f"{term.label}. {term.definition}" if label.startswith("Held") else term.definition,
        group.look,
    )


def _posts(marks: Marks) -> tuple[tuple[str, str, int], ...]:
    kinds = vocab.codes(vocab.POST_KINDS)
    seen = [(mark.code, mark.party) for mark in marks.posts]
    ordered = sorted(set(seen), key=lambda key: (key[1], kinds.index(key[0]) if key[0] in kinds else 99))
    return tuple((kind, party, seen.count((kind, party))) for kind, party in ordered)


def _notes(marks: Marks) -> tuple[str, ...]:
    both = [*marks.events, *marks.posts]
    told = {
        "more deaths: larger": any(mark.half > 1.2 for mark in marks.events),
        "hollow: low confidence": any(mark.hollow for mark in marks.events),
        "grey: possibly outside the window": any(mark.faded for mark in marks.events),
        "number: events that share a symbol": any(mark.count > 1 for mark in marks.events),
        "line to a dot: moved aside for room": any(mark.moved for mark in both),
    }
    return tuple(words for words, wanted in told.items() if wanted)


BASE_LINES: dict[str, tuple[str, str, float, tuple[float, ...] | None]] = {
    "admin0": ("Border of a country", ADMIN0, 1.1, None),
    "admin1": ("District or province", ADMIN1, 0.9, None),
    "disputed": ("Disputed boundary", DISPUTED, 0.9, DASH_DISPUTED),
    "former": ("Former boundary", FORMER, 0.9, DASH_FORMER),
    "rivers": ("River", RIVER, 1.0, None),
}


def legend_rows(
    legend: Legend, situation: Situation, width: float, *, near: bool, areas: bool, compact: bool
) -> list[Row]:
    """The legend, row by row; ``compact`` keeps every entry and shortens what is said of it."""
    rows: list[Row] = []
    if legend.ground or legend.lines:
        rows += [heading("Ground", width), *(_ground(e, width, compact=compact) for e in legend.ground)]
        rows += side_by_side([_line(kind, width / 2) for kind in legend.lines], 2, width)
        rows.append(space(0.6))
    if legend.posts:
        rows += [
            heading("Peacekeeper and observer posts", width),
            *_posts_rows(legend, situation, width),
            space(0.6),
        ]
    if legend.types or areas:
        types = [_type(code, n, width / 3) for code, n in sorted(legend.types.items(), key=lambda i: -i[1])]
        rows += [heading("Events in the window", width), *side_by_side(types, 3, width)]
    return [*rows, *_marks_rows(legend, width, near=near, areas=areas)]


def _posts_rows(legend: Legend, situation: Situation, width: float) -> list[Row]:
    """Posts by contingent: its name, then a symbol for each kind."""
    rows: list[Row] = []
    step = (width - CONTINGENT) / 3
    for contingent in dict.fromkeys(party for _, party, _ in legend.posts):
        kinds = [
            _post(kind, party, n, situation, step) for kind, party, n in legend.posts if party == contingent
        ]
        lines = side_by_side(kinds, 3, 3 * step)
        rows += [
            _behind(situation.party(contingent).label_short if n == 0 else "", line)
            for n, line in enumerate(lines)
        ]
    return rows


def _behind(words: str, row: Row) -> Row:
    """A row with words before it."""

    def draw(page: Page, x: float, y: float) -> None:
        page.write(cut(words, CONTINGENT - 1, SMALL), x, y + 2.7, SMALL, colour=SOFT)
        row.draw(page, x + CONTINGENT, y)

    return Row(row.height, draw)


def _marks_rows(legend: Legend, width: float, *, near: bool, areas: bool) -> list[Row]:
    rows = []
    if near:
        rows.append(_ring(width / 2))
    if areas:
        rows.append(_area(width / 2))
    lines = wrap("Symbols: " + "; ".join(legend.notes) + ".", width, SMALL, most=3) if legend.notes else []
    return [*side_by_side(rows, 2, width), *([_text(lines)] if lines else [])]


def draw_key(page: Page, box: Box, legend: Legend) -> None:
    """The lines of the base map in one row under it."""
    x = box.x
    for name in legend.base:
        words, colour, weight, dash = BASE_LINES[name]
        if x + 8 + width_mm(words, SMALL) > box.right:
            break
        page.rectangle(Box(x, box.y + 1.2, 5.4, 2.4), fill=LAND, edge="#E4DFD3", weight=0.3)
        page.line([(x, box.y + 2.4), (x + 5.4, box.y + 2.4)], edge=colour, weight=weight, dash=dash)
        page.write(words, x + 6.6, box.y + 3.1, SMALL, colour=SOFT)
        x += 6.6 + width_mm(words, SMALL) + 4.0


def _ground(entry: Entry, width: float, *, compact: bool) -> Row:
    lines = wrap(entry.definition, width - INDENT, SMALL, most=1 if compact else 2)
    height = line_mm(POINTS) + len(lines) * line_mm(SMALL) + (0.7 if compact else 1.3)

    def draw(page: Page, x: float, y: float) -> None:
        draw_swatch(page, Box(x, y + 0.5, SWATCH, 4.2), entry.look)
        page.write(
            cut(entry.label, width - INDENT, POINTS, face="bold"), x + INDENT, y + 2.5, POINTS, face="bold"
        )
        page.lines(lines, x + INDENT, y + 2.5 + line_mm(SMALL) + 0.15, SMALL, colour=SOFT)

    return Row(max(height, 5.4), draw)


def _line(kind: str, width: float) -> Row:
    colour, weight, dash = LINES.get(kind, LINES["line_of_contact"])

    def draw(page: Page, x: float, y: float) -> None:
        page.line([(x, y + 1.7), (x + SWATCH, y + 1.7)], edge=colour, weight=weight, dash=dash)
        page.write(cut(LINE_KINDS.get(kind, kind), width - INDENT, POINTS), x + INDENT, y + 2.5, POINTS)

    return Row(4.0, draw)


def _post(kind: str, party: str, count: int, situation: Situation, width: float) -> Row:
    words = vocab.labels(vocab.POST_KINDS).get(kind, kind)

    def draw(page: Page, x: float, y: float) -> None:
        draw_post(page, kind, party, x + 2.0, y + 2.0, 1.5, situation)
        _counted(page, words, count, x + 4.9, y + 2.7, width - 5.4)

    return Row(4.2, draw)


def _type(code: str, count: int, width: float) -> Row:
    words = vocab.labels(vocab.EVENT_TYPES).get(code, code)

    def draw(page: Page, x: float, y: float) -> None:
        draw_event(page, code, x + 2.0, y + 1.9, 1.3)
        _counted(page, words, count, x + 4.9, y + 2.7, width - 5.4)

    return Row(3.9, draw)


def _counted(page: Page, words: str, count: int, x: float, y: float, width: float) -> None:
    """Words and, behind them in bold, a number."""
    figure = number(count)
    shown = cut(words, width - 1.0 - width_mm(figure, TIGHT, "bold"), TIGHT)
    page.write(shown, x, y, TIGHT)
    page.write(figure, x + width_mm(shown, TIGHT) + 0.9, y, TIGHT, face="bold")


def _ring(width: float) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        page.path(circle(x + 2.0, y + 1.8, 1.6), edge=INK, weight=0.55, dash=RING_DASH)
        page.write(cut("Place known to about 5 km", width - 6, TIGHT), x + 4.9, y + 2.6, TIGHT)

    return Row(4.1, draw)


def _area(width: float) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        page.rectangle(Box(x + 0.2, y + 0.6, 3.6, 2.5), edge=INK, weight=0.9, dash=AREA_DASH)
        page.write(cut("Event somewhere in this area", width - 6, TIGHT), x + 4.9, y + 2.6, TIGHT)

    return Row(4.1, draw)


def _text(lines: Sequence[str]) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        page.lines(lines, x, y + 2.4, SMALL, colour=SOFT)

    return Row(len(lines) * line_mm(SMALL) + 0.6, draw)
