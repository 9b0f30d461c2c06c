"""Symbols of events and posts: the same shapes as on the map, as paths in a box of -5..5."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from matplotlib.path import Path

from geo.symbols import POST_MARKS, SHAPES

_STEPS = re.compile(r"([MLHVCaZ])([^MLHVCaZ]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+")
# Distance of the control points that makes a cubic curve a quarter of a circle.
_QUARTER = 4 / 3 * (2**0.5 - 1)
Point = tuple[float, float]
Segment = tuple[list[Point], np.uint8]


def event_shape(symbol: str, x: float, y: float, half: float) -> Path:
    """An event's symbol around a point; ``half`` is half its size."""
    return _placed(_path(SHAPES.get(symbol, SHAPES["circle"])), x, y, half / 5)


def post_mark(kind: str, x: float, y: float, half: float) -> Path:
    """The mark inside a post's frame around a point; ``half`` is half the frame's size."""
    return _placed(_path(POST_MARKS.get(kind, POST_MARKS["base"])), x, y, half / 6)


def circle(x: float, y: float, radius: float) -> Path:
    """A circle around a point."""
    return _placed(_path(SHAPES["circle"]), x, y, radius / 4)


def _placed(path: Path, x: float, y: float, scale: float) -> Path:
    return Path(np.asarray(path.vertices, float) * scale + np.array([x, y]), path.codes)


@cache
def _path(data: str) -> Path:
    """The path of SVG path data that uses the commands M L H V C Z and half circles only."""
    points: list[Point] = []
    codes: list[np.uint8] = []
    for vertices, code in _segments(data):
        points += vertices
        codes += [code] * len(vertices)
    return Path(np.array(points, float), np.array(codes, np.uint8))


def _segments(data: str) -> Iterator[Segment]:
    here: Point = (0.0, 0.0)
    start = here
    for command, rest in _STEPS.findall(data):
        n = [float(word) for word in _NUMBER.findall(rest)]
        match command:
            case "M":
                here = start = (n[0], n[1])
                yield [here], Path.MOVETO
            case "Z":
                yield [start], Path.CLOSEPOLY
                here = start
            case "C":
                here = (n[4], n[5])
                yield [(n[0], n[1]), (n[2], n[3]), here], Path.CURVE4
            case "a":
                yield from _half_circle(here, n[5])
                here = (here[0] + n[5], here[1])
            case _:
                here = _end(command, n, here)
                yield [here], Path.LINETO


def _end(command: str, n: Sequence[float], here: Point) -> Point:
    if command == "H":
        return n[0], here[1]
    return (here[0], n[0]) if command == "V" else (n[0], n[1])


def _half_circle(here: Point, across: float) -> Iterator[Segment]:
    """Two quarters from a point to the one ``across`` from it, on the same height."""
    x, y = here
    radius = across / 2
    k = _QUARTER * radius
    top = (x + radius, y + radius)
    yield [(x, y + k), (x + radius - k, y + radius), top], Path.CURVE4
    yield [(x + radius + k, y + radius), (x + across, y + k), (x + across, y)], Path.CURVE4
