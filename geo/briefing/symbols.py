"""Events and posts as ink: shapes with a white halo, framed marks, rings, leaders, counts."""

from collections.abc import Sequence

import shapely
from matplotlib.axes import Axes

from geo import vocab
from geo.briefing.ground import draw_line
from geo.briefing.layout import Box
from geo.briefing.marks import NEAR_METRES, AreaMark, Marks
from geo.briefing.page import INK, PAPER, Page
from geo.briefing.projection import Ground
from geo.briefing.shapes import circle, event_shape, post_mark
from geo.briefing.text import width_mm
from geo.situation import Party, Situation

SYMBOLS = {term.code: term.symbol for term in vocab.EVENT_TYPES}
RING_DASH = (2.4, 2.0)
AREA_DASH = (0.9, 2.2)
COUNT_POINTS = 4.6
SEVERAL = 1


def draw_marks(page: Page, axes: Axes, ground: Ground, marks: Marks, situation: Situation) -> None:
    """All marks: areas, then rings and leaders, then the symbols above them."""
    draw_areas(page, axes, ground, marks.areas)
    both = [*marks.posts, *marks.events]
    radius = NEAR_METRES / ground.metres_per_mm
    for mark in both:
        if mark.near:
            page.path(
                circle(mark.x, mark.y, max(radius, mark.half + 0.5)),
                edge=INK,
                weight=0.55,
                dash=RING_DASH,
                edge_alpha=0.8,
                order=5.0,
                clip=ground.box,
            )
        if mark.moved:
            page.line(
                [(mark.x, mark.y), (mark.at_x, mark.at_y)], edge=PAPER, weight=1.6, edge_alpha=0.8, order=5.1
            )
            page.line([(mark.x, mark.y), (mark.at_x, mark.at_y)], weight=0.5, order=5.2)
            page.path(circle(mark.x, mark.y, 0.38), fill=INK, edge=PAPER, weight=0.4, order=5.25)
    for mark in marks.posts:
        draw_post(page, mark.code, mark.party, mark.at_x, mark.at_y, mark.half, situation, order=6.0)
    for mark in marks.events:
        draw_event(
            page, mark.code, mark.at_x, mark.at_y, mark.half, hollow=mark.hollow, faded=mark.faded, order=6.5
        )
        if mark.count > SEVERAL:
            draw_count(page, mark.count, mark.at_x + mark.half, mark.at_y - mark.half)


def draw_event(
    page: Page,
    code: str,
    x: float,
    y: float,
    half: float,
    *,
    hollow: bool = False,
    faded: bool = False,
    order: float = 6.5,
) -> None:
    """An event's symbol: dark, with a white halo; hollow for low confidence, grey when only possible."""
    shape = event_shape(SYMBOLS.get(code, "circle"), x, y, half)
    ink = "#8A8F95" if faded else INK
    page.path(shape, edge=PAPER, weight=2.0, order=order)
    if hollow:
        page.path(shape, fill=PAPER, edge=ink, weight=0.9, order=order + 0.01)
    else:
        page.path(shape, fill=ink, order=order + 0.01)


def draw_post(
    page: Page,
    kind: str,
    party: str,
    x: float,
    y: float,
    half: float,
    situation: Situation,
    *,
    order: float = 6.0,
) -> None:
    """A post: a frame in the contingent's colours with the mark of its kind."""
    holder = situation.party(party)
    frame = Box(x - half, y - half, 2 * half, 2 * half)
    page.rectangle(frame.grown(0.28), fill=PAPER, order=order, rounded=0.7)
    page.rectangle(
        frame,
        fill=holder.colour,
        fill_alpha=0.22,
        edge=holder.edge,
        weight=0.85,
        dash=(1.6, 1.2) if kind == "temporary_post" else None,
        order=order + 0.01,
        rounded=0.5,
    )
    _draw_sides(page, frame, holder, order=order + 0.015)
    page.path(post_mark(kind, x, y, half * 0.88), edge=holder.edge, weight=0.85, order=order + 0.02)


def _draw_sides(page: Page, frame: Box, holder: Party, *, order: float) -> None:
    """Heavy sides that tell contingents apart in greyscale: the direction of the party's texture."""
    x, y, thick = frame.x, frame.y, 0.12 * frame.width
    sides = {
        "vertical": [Box(x, y, thick, frame.height), Box(frame.right - thick, y, thick, frame.height)],
        "horizontal": [Box(x, y, frame.width, thick), Box(x, frame.bottom - thick, frame.width, thick)],
        "diagonal": [Box(x, y, thick, frame.height), Box(x, frame.bottom - thick, frame.width, thick)],
    }.get(holder.pattern, [])
    for side in sides:
        page.rectangle(side, fill=holder.edge, order=order)


def draw_count(page: Page, count: int, x: float, y: float) -> None:
    """A dark pill with the number of events that share a symbol."""
    words = str(count) if count < 1000 else "999+"
    width = max(width_mm(words, COUNT_POINTS, "bold") + 1.1, 2.3)
    page.rectangle(
        Box(x - width / 2, y - 1.15, width, 2.3), fill=INK, edge=PAPER, weight=0.5, order=7.0, rounded=1.1
    )
    page.write(words, x, y + 0.58, COUNT_POINTS, face="bold", colour=PAPER, align="center", order=7.1)


def draw_areas(page: Page, axes: Axes, ground: Ground, areas: Sequence[AreaMark]) -> None:
    """Dotted outlines of areas in which something happened somewhere, each with its number of events."""
    for area in areas:
        k = page.size.magnify
        draw_line(axes, area.outline, INK, 0.75 * k, order=4.1, dash=AREA_DASH, alpha=0.8)
    for area, tag in zip(areas, area_tags(ground, areas), strict=True):
        words = area_words(area)
        page.rectangle(tag, fill=PAPER, edge=INK, weight=0.5, dash=AREA_DASH, order=6.8, rounded=0.6)
        page.write(words, tag.x + tag.width / 2, tag.y + 2.1, 5.0, align="center", order=6.9)


def area_words(area: AreaMark) -> str:
    """What the tag of an area says."""
    return f"{area.count} event{'' if area.count == 1 else 's'} in this area"


def area_tags(ground: Ground, areas: Sequence[AreaMark]) -> list[Box]:
    """Where the tags of areas stand: on the highest point of each outline, none over another."""
    tags: list[Box] = []
    for area in areas:
        width = width_mm(area_words(area), 5.0) + 2.0
        points = shapely.get_coordinates(area.outline)
        page_points = ground.page_xy(points[:, 0], points[:, 1])
        order = sorted(range(len(page_points)), key=lambda n: (page_points[n, 1], page_points[n, 0]))
        boxes = (
            Box(float(page_points[n, 0]) - width / 2, float(page_points[n, 1]) - 1.5, width, 3.0)
            for n in order
        )
        fitting = [box for box in boxes if box.inside(ground.box.grown(-1))]
        free = (box for box in fitting if not any(box.meets(tag) for tag in tags))
        tags.append(next(free, fitting[0] if fitting else _corner(ground.box, width, len(tags))))
    return tags


def _corner(box: Box, width: float, position: int) -> Box:
    return Box(box.x + 2, box.y + 2 + 3.6 * position, width, 3.0)
