"""Words on pages: those that somebody else wrote, which Markdown must not read, and what several pages say."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=\"'@/])")

FAMILY_LABELS = {
    "events": "events",
    "posts": "peacekeeper posts",
    "zones": "control zones",
    "lines": "control lines",
}


def counted(count: int, noun: str) -> str:
    """``1 row``, ``2 rows``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def plain(text: str) -> str:
    """The text so that Markdown shows it as it is: no link, picture, colour, icon or formula."""
    return _MARKS.sub(r"\\\1", text).replace("\n", " ")
