"""The figures of the day as a compact table: control, events and deaths, posts."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from geo.briefing.flow import Row, heading, space
from geo.briefing.layout import Box
from geo.briefing.looks import DASHES, DOT, DOTTED, STEP, Look, look_of, texture
from geo.briefing.marks import Marks, Tally
from geo.briefing.page import INK, PAPER, SOFT, Page, path_of
from geo.briefing.shapes import circle
from geo.briefing.text import cut, wrap
from geo.situation import Situation
from geo.snapshot import Fatalities, Snapshot

POINTS = 6.3
ROW = 3.75
BAR = 5.2


@dataclass(frozen=True, slots=True)
class Holding:
    """Ground that one party holds, or that is contested when ``party`` is empty."""

    party: str
    label: str
    km2: float
    share: float
    look: Look


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the table says; the sums are the snapshot's."""

    holdings: tuple[Holding, ...]
    total_km2: float
    events: int
    possible: int
    fatalities: Fatalities
    posts: Mapping[str, int]
    posts_drawn: int
    tally: Tally
    events_total: int
    types: Mapping[str, int]


def figures_of(snapshot: Snapshot, situation: Situation, marks: Marks) -> Figures:
    """The figures of a snapshot."""
    total = snapshot.control_km2
    held = [
        Holding(
            party,
            situation.party(party).label,
            km2,
            km2 / total if total else 0.0,
            look_of("control", "assessed_control", party, situation),
        )
        for party, km2 in sorted(snapshot.areas_km2.items(), key=lambda item: -item[1])
    ]
    if snapshot.contested_km2:
        km2 = snapshot.contested_km2
        held.append(
            Holding("", "Contested", km2, km2 / total, look_of("control", "contested", "", situation))
        )
    other = total - sum(h.km2 for h in held)
    if other > 0.5:
        held.append(
            Holding(
                "other", "Other status", other, other / total, look_of("control", "unknown", "", situation)
            )
        )
    posts = snapshot.posts["contingent"].value_counts()
    return Figures(
        holdings=tuple(held),
        total_km2=total,
        events=snapshot.events_shown,
        possible=snapshot.events_possible,
        fatalities=snapshot.fatalities,
        posts={
            situation.party(str(code)).label: int(n)
            for code, n in sorted(posts.items(), key=lambda i: (-i[1], i[0]))
        },
        posts_drawn=len(marks.posts),
        tally=marks.tally,
        events_total=snapshot.events_total,
        types=dict(snapshot.by_type),
    )


def figure_rows(figures: Figures, width: float, *, title: str) -> list[Row]:
    """The table, row by row."""
    rows = [heading(title, width)]
    if figures.holdings:
        rows += [_bar(figures, width), *(_holding(h, width) for h in figures.holdings), space(0.8)]
    else:
        rows.append(_fact("Control", "no zone on this day", width))
    return [*rows, *_facts(figures, width)]


def _facts(figures: Figures, width: float) -> list[Row]:
    facts = [
        _fact("Events in the window", events_words(figures), width),
        _fact("Deaths reported", deaths_words(figures), width),
        _fact("Posts", posts_words(figures), width),
    ]
    return [*facts, _fact("Not drawn", hidden_words(figures), width)]


def number(value: float) -> str:
    """A whole number with narrow spaces between thousands."""
    return f"{value:,.0f}".replace(",", "\u202f")


def events_words(figures: Figures) -> str:
    """``12, of which 3 possibly outside it``."""
    words = number(figures.events)
    return f"{words}, {number(figures.possible)} of them possibly outside it" if figures.possible else words


def deaths_words(figures: Figures) -> str:
    """Low to high, the best estimate, and how many events have no figure."""
    f = figures.fatalities
    if not figures.events:
        return "none: no event"
    if f.without_figures == figures.events:
        return "no figure published"
    span = number(f.low) if f.low == f.high else f"{number(f.low)}–{number(f.high)}"
    best = f" (best estimates add up to {number(f.best)})" if f.best and f.low != f.high else ""
    gap = f"; {number(f.without_figures)} events without a figure" if f.without_figures else ""
    return span + best + gap


def posts_words(figures: Figures) -> str:
    """Posts by contingent, and how many of them are not on the sheet."""
    named = ", ".join(f"{label} {n}" for label, n in figures.posts.items())
    count = sum(figures.posts.values())
    missing = f"; {number(count - figures.posts_drawn)} not drawn" if count > figures.posts_drawn else ""
    return f"{number(count)} ({named}){missing}" if named else "none"


def hidden_words(figures: Figures) -> str:
    """Events that the window holds and the sheet does not show, and those outside the window."""
    tally = figures.tally
    if not any(astuple(tally)) and figures.events:
        return "events: their layer is switched off"
    beyond = figures.events_total - figures.events
    return (
        f"{number(tally.unplaced)} without a place, {number(tally.outside)} beyond the sheet, "
        f"{number(beyond)} outside window or filters; {number(figures.events_total)} in all"
    )


def _fact(label: str, words: str, width: float) -> Row:
    lines = wrap(words, width - 29, POINTS, most=3)
    height = max(len(lines), 1) * 2.95 + 0.95

    def draw(page: Page, x: float, y: float) -> None:
        page.write(label, x, y + 2.75, POINTS, colour=SOFT)
        page.lines(lines, x + 29, y + 2.75, POINTS)

    return Row(height, draw)


def _holding(holding: Holding, width: float) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        draw_swatch(page, Box(x, y + 0.55, 6.5, 2.8), holding.look)
        page.write(cut(holding.label, width - 50, POINTS), x + 8.6, y + 2.85, POINTS)
        page.write(f"{number(holding.km2)} km²", x + width - 14, y + 2.85, POINTS, align="right")
        page.write(
            f"{holding.share:.0%}" if holding.km2 else "–",
            x + width,
            y + 2.85,
            POINTS,
            face="bold",
            align="right",
        )

    return Row(ROW, draw)


def _bar(figures: Figures, width: float) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        left = x
        for holding in figures.holdings:
            share = holding.share * width
            if share > 0.15:
                draw_swatch(page, Box(left, y + 0.3, share, BAR), holding.look, outline=False)
                left += share
        page.rectangle(Box(x, y + 0.3, width, BAR), edge=INK, weight=0.6)

    return Row(BAR + 1.3, draw)


def draw_swatch(page: Page, box: Box, look: Look, *, outline: bool = True) -> None:
    """A piece of ground as it looks on the map."""
    shape = shapely.box(box.x, box.y, box.right, box.bottom)
    page.path(path_of(shape), fill=PAPER)
    if look.fill:
        page.path(path_of(shape), fill=look.colour, fill_alpha=min(look.fill + 0.12, 1.0))
    for pattern, weight, alpha in ((look.texture, 0.45, 0.42), (look.hatch, 0.7, 0.75)):
        # The page's y runs down, the map's up: without turning it over, / would become \ in the legend.
        marks = _turned_over(texture(_turned_over(shape), pattern, step=STEP * 0.8))
        if pattern in DOTTED:
            for dx, dy in shapely.get_coordinates(marks):
                page.path(circle(float(dx), float(dy), DOT / 2), fill=look.edge, fill_alpha=alpha)
        elif not marks.is_empty:
            page.path(path_of(marks), edge=look.edge, weight=weight, edge_alpha=alpha)
    if outline:
        page.path(path_of(shape), edge=look.edge, weight=look.weight, dash=DASHES[look.dash])
    else:
        page.line([(box.right, box.y), (box.right, box.bottom)], edge=look.edge, weight=0.7)


def _turned_over(shape: BaseGeometry) -> BaseGeometry:
    turned: BaseGeometry = shapely.transform(shape, lambda points: points * [1, -1])
    return turned
