"""Markup made harmless: HTML reduced to its text, XML checked before anything builds on it."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from xml.parsers import expat

from geo.errors import InputRefused
from geo.ingest.reading.labels import shown

_DEEPEST = 100
_SILENT = frozenset({"script", "style", "head", "title"})
_BREAKS = frozenset({"br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol", "hr"})
_VERBATIM = re.compile(r"<pre>([^<]*)</pre>")
"""Text that was only escaped, as our own exports write it: it comes back letter by letter."""
_MARKED = re.compile(r"<[a-zA-Z/!]|&(?:#|[a-zA-Z])")


class _TextOnly(HTMLParser):
    """Collects what a reader would see."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in _SILENT
        self.parts.append("\n" if tag in _BREAKS else " " if tag in {"td", "th"} else "")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        self.parts.append("\n" if tag in _BREAKS else "")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def html_text(text: str) -> str:
    """The text that a browser would show for a piece of HTML; other text stays as it is."""
    if not _MARKED.search(text):
        return text
    if verbatim := _VERBATIM.fullmatch(text):
        return unescape(verbatim[1])
    parser = _TextOnly()
    parser.feed(text)
    parser.close()
    lines = (re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(parser.parts).splitlines())
    return "\n".join(line for line in lines if line)


def check_xml(path: Path, *, name: str) -> None:
    """Read the XML through once and build nothing.

    Raises
    ------
    InputRefused
        It has a document type declaration, is not well-formed, or nests too deeply.
    """
    parser = expat.ParserCreate()
    depth = 0

    def declared(*_: object) -> None:
        raise InputRefused(
            f"{shown(name)} has a DOCTYPE, which can make a reader fetch or multiply things: remove it.",
            code="XML-01",
        )

    def opened(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise InputRefused(
                f"{shown(name)} nests more than {_DEEPEST} deep at line {parser.CurrentLineNumber}: flatten it.",
                code="XML-02",
            )

    def closed(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        raise InputRefused(
            f"{shown(name)} is not well-formed XML at line {error.lineno}, column {error.offset + 1} "
            f"({expat.ErrorString(error.code)}): it may be cut off; export it again.",
            code="XML-02",
        ) from error
