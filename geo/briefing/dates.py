"""Key dates up to the day of the sheet, where the column has room to spare."""

from geo.briefing.facts import Sheet
from geo.briefing.flow import Row, heading, space
from geo.briefing.page import SOFT, Page
from geo.briefing.text import Face, cut
from geo.briefing.words import day_words
from geo.situation import KeyDate, Situation

POINTS = 5.8
ROW = 3.3
MOST = 8
FEWEST = 2
INDENT = 19.0


def date_rows(situation: Situation, sheet: Sheet, *, width: float, room: float) -> list[Row]:
    """The latest key dates that find room, newest first; those of the window in bold; nothing for too few."""
    title = [space(0.8), heading("Key dates", width)]
    count = min(int((room - sum(row.height for row in title)) / ROW), MOST)
    past = sorted((d for d in situation.key_dates if d.day <= sheet.as_of), key=lambda d: d.day, reverse=True)
    if count < FEWEST or not past:
        return []
    return [*title, *(_row(date, width, in_window=date.day >= sheet.first) for date in past[:count])]


def _row(date: KeyDate, width: float, *, in_window: bool) -> Row:
    def draw(page: Page, x: float, y: float) -> None:
        page.write(day_words(date.day), x, y + 2.5, POINTS, colour=SOFT)
        face: Face = "bold" if in_window else "regular"
        page.write(cut(date.label, width - INDENT, POINTS, face=face), x + INDENT, y + 2.5, POINTS, face=face)

    return Row(ROW, draw)
