"""What stands around the map in words: title, dates, marking, sources, policies, disclaimer."""

from collections.abc import Sequence

from geo.briefing.facts import Finding, Sheet
from geo.briefing.layout import Box
from geo.briefing.page import ACCENT, ALARM, INK, RULE, SOFT, Page
from geo.briefing.text import clean, cut, joined, line_mm, width_mm, wrap
from geo.briefing.words import TLP, as_of_words, day_words, moment_words, recorded_words, window_words

TITLE_SIZES = (20.0, 17.0, 14.0)
SMALL = 5.2
DISCLAIMER = 5.8
TITLE_ROOM = 0.74
"""Share of the header's width that the title may take."""
COLUMNS = (0.335, 0.355, 0.31)
COLUMN_GAP = 6.0
DRAFT_POINTS = 120.0


def draw_header(page: Page, box: Box, sheet: Sheet, findings: Sequence[Finding]) -> None:
    """Title and dates left, marking and map number right."""
    page.rectangle(Box(box.x, box.y + 0.4, 1.3, 16.6), fill=ACCENT)
    x, room = box.x + 4.2, box.width * TITLE_ROOM
    page.write(
        cut(f"{sheet.situation} · situation map".upper(), room, 6.6, face="bold"),
        x,
        box.y + 2.6,
        6.6,
        face="bold",
        colour=ACCENT,
    )
    words, points = title_line(sheet.title or sheet.situation, room)
    page.write(words, x, box.y + 10.3, points, face="bold")
    as_of = as_of_words(sheet.as_of)
    page.write(as_of, x, box.y + 16.2, 9.2, face="bold", colour=ACCENT)
    rest = joined([window_words(sheet.first, sheet.as_of), sheet.filters])
    after = x + width_mm(as_of, 9.2, "bold") + 2.2
    page.write("·", after, box.y + 16.2, 9.2, colour=SOFT)
    page.write(cut(rest, box.right - after - 56, 9.2), after + 3.2, box.y + 16.2, 9.2, colour=SOFT)
    _draw_right(page, box, sheet, findings)


def _draw_right(page: Page, box: Box, sheet: Sheet, findings: Sequence[Finding]) -> None:
    draw_marking(page, box.right, box.y + 0.4, sheet.marking)
    number = joined(
        [f"Map {sheet.number}" if sheet.number else "", f"version {sheet.version}" if sheet.version else ""]
    )
    page.write(cut(number, 66, 7.0), box.right, box.y + 11.6, 7.0, align="right")
    if findings:
        missing = "DRAFT: " + ", ".join(finding.code.replace("_", " ") for finding in findings)
        page.write(
            cut(missing, 66, 6.0, face="bold"),
            box.right,
            box.y + 16.2,
            6.0,
            face="bold",
            colour=ALARM,
            align="right",
        )
    else:
        page.write(
            f"Made {moment_words(sheet.made_at)}", box.right, box.y + 16.2, 6.4, colour=SOFT, align="right"
        )


def title_line(title: str, width: float) -> tuple[str, float]:
    """The title in the largest size in which it fits, cut in the smallest."""
    for points in TITLE_SIZES:
        line = cut(title, width, points, face="bold")
        if not line.endswith("…"):
            return line, points
    return line, points


def title_fits(title: str, header_width: float) -> bool:
    """Whether the whole title stands on the sheet."""
    return width_mm(" ".join(clean(title).split()), TITLE_SIZES[-1], "bold") <= header_width * TITLE_ROOM


def draw_marking(page: Page, right: float, y: float, marking: str) -> None:
    """How the sheet may be passed on: TLP words in their colour on black, other words in a frame."""
    words = cut(marking or "no handling mark", 62, 9.0, face="bold")
    width = width_mm(words, 9.0, "bold") + 5.0
    box = Box(right - width, y, width, 6.4)
    if marking in TLP:
        page.rectangle(box, fill="#000000")
        page.write(words, box.x + 2.5, y + 4.35, 9.0, face="bold", colour=TLP[marking])
        return
    colour = INK if marking else ALARM
    page.rectangle(box, edge=colour, weight=1.0, dash=None if marking else (3.0, 2.0))
    page.write(words, box.x + 2.5, y + 4.35, 9.0, face="bold", colour=colour)


def draw_footer(page: Page, box: Box, sheet: Sheet) -> None:
    """Three columns of small print over the disclaimer."""
    disclaimer = wrap(sheet.disclaimer, box.width, DISCLAIMER, face="italic", most=2)
    foot = box.bottom - len(disclaimer) * line_mm(DISCLAIMER)
    page.line([(box.x, box.y), (box.right, box.y)], edge=RULE, weight=0.8)
    page.line([(box.x, foot - 0.9), (box.right, foot - 0.9)], edge=RULE, weight=0.8)
    page.lines(disclaimer, box.x, foot + 2.0, DISCLAIMER, face="italic")
    x = box.x
    for share, (title, paragraphs) in zip(COLUMNS, _columns(sheet), strict=True):
        width = (box.width - 2 * COLUMN_GAP) * share
        _draw_column(page, Box(x, box.y, width, foot - 1.4 - box.y), title, paragraphs)
        x += width + COLUMN_GAP


def _columns(sheet: Sheet) -> list[tuple[str, list[str | tuple[str, ...]]]]:
    made = joined(
        [sheet.producer, f"made {moment_words(sheet.made_at)}", f"data revision {sheet.revision}"],
        between=" · ",
    )
    return [
        (
            "Precision and names",
            [
                sheet.precision,
                sheet.name_policy,
                sheet.boundary_view,
            ],
        ),
        ("Sources", [recorded_words(sheet.sources), sheet.sources.names]),
        (
            "This sheet",
            [
                made,
                joined([sheet.crs, sheet.page, f"as of {day_words(sheet.as_of)}"], between=" · "),
                sheet.permalink,
                *sheet.credits,
            ],
        ),
    ]


def _draw_column(page: Page, box: Box, title: str, paragraphs: Sequence[str | tuple[str, ...]]) -> None:
    page.write(title.upper(), box.x, box.y + 3.6, 6.0, face="bold", colour=ACCENT)
    y = box.y + 6.7
    for words in paragraphs:
        room = int((box.bottom - y + line_mm(SMALL) * 0.75) / line_mm(SMALL))
        if not words or room < 1:
            continue
        lines = (
            _listed(words, box.width, room)
            if isinstance(words, tuple)
            else wrap(words, box.width, SMALL, most=room)
        )
        y = page.lines(lines, box.x, y, SMALL, colour="#3D444B") + 0.35


def _listed(names: Sequence[str], width: float, room: int) -> list[str]:
    """As many names as find room, and how many do not."""
    fitting: list[str] = []
    low, high = 0, len(names)
    while low < high:
        kept = (low + high + 1) // 2
        more = f" · and {len(names) - kept} more, in the sidecar" if kept < len(names) else ""
        lines = wrap(" · ".join(names[:kept]) + more, width, SMALL)
        if len(lines) <= room:
            low, fitting = kept, lines
        else:
            high = kept - 1
    return fitting


def draw_stamp(page: Page, box: Box) -> None:
    """DRAFT across the map."""
    page.write(
        "DRAFT",
        box.x + box.width / 2,
        box.y + box.height * 0.60,
        DRAFT_POINTS,
        face="bold",
        colour=ALARM,
        align="center",
        turn=24,
        alpha=0.22,
        order=20,
    )
