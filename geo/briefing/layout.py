"""Where things stand on a sheet, in millimetres from the upper left corner."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.errors import SettingError

MARGIN = 9.0
HEADER = 20.0
FOOTER = 31.5
SIDE = 96.0
GAP = 5.0
TICKS = 4.0
"""Room outside the neat line for the degrees of the graticule."""
KEY = 4.6
"""Room under the degrees for the key of the base map."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: upper left corner, width and height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    def meets(self, other: "Box") -> bool:
        """Whether the two share any ground."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )

    def inside(self, other: "Box") -> bool:
        """Whether it lies wholly in the other."""
        return (
            self.x >= other.x
            and self.y >= other.y
            and self.right <= other.right
            and self.bottom <= other.bottom
        )

    def grown(self, by: float) -> "Box":
        """The box with so much more on each side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


class Room:
    """Boxes that are taken, asked whether another would meet one of them."""

    CELL = 8.0

    def __init__(self, taken: Iterable[Box] = ()) -> None:
        self._boxes: dict[tuple[int, int], list[Box]] = {}
        for box in taken:
            self.take(box)

    def take(self, box: Box) -> None:
        """Take a box."""
        for cell in self._cells(box):
            self._boxes.setdefault(cell, []).append(box)

    def free(self, box: Box) -> bool:
        """Whether nothing that is taken meets the box."""
        return not any(box.meets(other) for cell in self._cells(box) for other in self._boxes.get(cell, ()))

    def _cells(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.x // self.CELL), int(box.right // self.CELL) + 1):
            for row in range(int(box.y // self.CELL), int(box.bottom // self.CELL) + 1):
                yield column, row


@dataclass(frozen=True, slots=True)
class PageSize:
    """A page that is laid out at ``width`` by ``height`` mm and printed ``magnify`` times as large."""

    name: str
    width: float
    height: float
    magnify: float = 1.0


PAGE_SIZES = {
    "a4": PageSize("A4", 297.0, 210.0),
    "a3": PageSize("A3", 297.0, 210.0, 2**0.5),
    # A slide of 13.333 by 7.5 inches, laid out as large as an A4 page so that type keeps its weight.
    "16:9": PageSize("16:9 slide", 352.0, 198.0, 338.667 / 352.0),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """The boxes of a sheet."""

    page: PageSize
    header: Box
    map: Box
    key: Box
    side: Box
    footer: Box


def page_size(name: str) -> PageSize:
    """The page of a name.

    Raises
    ------
    SettingError
        There is no such page.
    """
    if name not in PAGE_SIZES:
        raise SettingError(f"{name[:40]!r} is no size of a sheet: use {', '.join(PAGE_SIZES)}.")
    return PAGE_SIZES[name]


def layout_of(page: PageSize) -> Layout:
    """Header above, map left, legend and figures right, the small print below."""
    inner = page.width - 2 * MARGIN
    top = MARGIN + HEADER
    middle = page.height - top - FOOTER - MARGIN
    left = MARGIN + TICKS
    map_width = inner - SIDE - GAP - TICKS
    return Layout(
        page=page,
        header=Box(MARGIN, MARGIN, inner, HEADER),
        map=Box(left, top, map_width, middle - GAP - TICKS - KEY),
        key=Box(left, top + middle - GAP - KEY, map_width, KEY),
        side=Box(left + map_width + GAP, top, SIDE, middle - GAP),
        footer=Box(MARGIN, page.height - MARGIN - FOOTER, inner, FOOTER),
    )
