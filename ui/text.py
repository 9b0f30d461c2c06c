"""Showing words that somebody else wrote: Streamlit reads Markdown in most places, and they are none."""

import re

_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~:$&^=\"'@/])")


def counted(count: int, noun: str) -> str:
    """``1 row``, ``2 rows``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def plain(text: str) -> str:
    """The text so that Markdown shows it as it is: no link, picture, colour, icon or formula."""
    return _MARKS.sub(r"\\\1", text).replace("\n", " ")
