"""Lines that a layout broke become paragraphs again."""

import re
from collections.abc import Iterable, Sequence

PARAGRAPH = "\n\n"
_PAGE_NUMBER = re.compile(
    r"(?:page\s{0,3})?[-–]?\s{0,3}\d{1,4}\s{0,3}(?:(?:of|/)\s{0,3}\d{1,4})?\s{0,3}[-–]?", re.IGNORECASE
)
_SENTENCE_END = (".", "!", "?", ":", "”", '"', "»", "…")
_BULLETS = ("•", "- ", "* ", "– ", "·")
_SHORT = 0.75
"""A line shorter than this part of a usual one was not broken by the margin."""


def joined_blocks(blocks: Iterable[str]) -> str:
    """Blocks as paragraphs with an empty line between; blank ones are left out."""
    return PARAGRAPH.join(block for block in blocks if block.strip())


def one_line(text: str) -> str:
    """The text on one line, without soft hyphens."""
    return " ".join(text.replace("\u00ad", "").split())


def first_line(text: str) -> str:
    """The first line that is not blank, without the marks of a heading."""
    return next((line for line in text.splitlines() if line.strip()), "").strip().lstrip("# ").strip()


def rejoined(pages: Sequence[str]) -> str:
    """The paragraphs of the pages of a document whose lines end at the margin.

    Hyphens at line ends are undone before a small letter and kept before a capital. Lines that hold only a
    page's number are left out.
    """
    lines = [line.strip() for page in pages for line in _page_lines(page)]
    usual = _usual_length([len(line) for line in lines if line])
    blocks: list[str] = []
    current = ""
    for index, line in enumerate(lines):
        if not line:
            blocks.append(current)
            current = ""
            continue
        current = _continued(current, line)
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if _ends_paragraph(line, following, usual):
            blocks.append(current)
            current = ""
    return joined_blocks([*blocks, current])


def _page_lines(page: str) -> list[str]:
    """The lines of a page without its number at the top or bottom, and without blank ones around them."""
    lines = page.replace("\u00ad", "").strip().splitlines()
    while lines and _PAGE_NUMBER.fullmatch(lines[-1].strip()):
        lines.pop()
    if lines and _PAGE_NUMBER.fullmatch(lines[0].strip()):
        lines = lines[1:]
    return lines


def _usual_length(lengths: Sequence[int]) -> int:
    """The length that nine of ten lines do not exceed."""
    ordered = sorted(lengths)
    return ordered[int(0.9 * (len(ordered) - 1))] if ordered else 0


def _continued(current: str, line: str) -> str:
    if not current:
        return line
    if current.endswith("-") and current[-2:-1].isalpha():
        return current[:-1] + line if line[0].islower() else current + line
    return f"{current} {line}"


def _ends_paragraph(line: str, following: str, usual: int) -> bool:
    if following.startswith(_BULLETS):
        return True
    if len(line) >= _SHORT * usual:
        return False
    return line.endswith(_SENTENCE_END) or (following[:1].isupper() and len(line) < usual / 2)
