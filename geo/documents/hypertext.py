"""A web page reduced to what a reader sees. Nothing that it points to is asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode

from geo.documents.paragraphs import joined_blocks, one_line
from geo.ingest.reading.wire import Reply, said
from geo.model import Note
from geo.settings import MAX_REPORT_CHARACTERS

if TYPE_CHECKING:
    from geo.ingest.reading.worker import Job

_SILENT = frozenset(
    ["script", "style", "template", "noscript", "head", "title", "svg", "math", "iframe", "object", "embed",
     "video", "audio", "canvas", "select", "button", "input", "textarea", "nav", "dialog"]
)  # fmt: skip
_INLINE = frozenset(
    ["a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
     "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "img", "-text"]
)  # fmt: skip
_CELLS = frozenset(["td", "th"])
_UNSEEN = re.compile(r"display\s{0,5}:\s{0,5}none|visibility\s{0,5}:\s{0,5}hidden", re.IGNORECASE)
_LONGEST_STYLE = 2_000
_SHORTEST_ARTICLE = 200
_YEARS = range(1990, 2200)
"""Years in which a web page may have been published."""
_CELL_MARK = " | "


@dataclass(slots=True)
class _Blocks:
    """Text that is collected block by block."""

    done: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.size += len(text)

    def end(self) -> None:
        """The block is over; breaks inside it stay."""
        lines = (one_line(line) for line in "".join(self.parts).split("\v"))
        self.done.append("\n".join(line for line in lines if line and line != _CELL_MARK.strip()))
        self.parts = []


def work(job: "Job") -> Reply:
    """In the worker: the text, title and origin of a page that was stored as UTF-8."""
    page = LexborHTMLParser(job.path.read_text("utf-8"))
    body = page.body
    notes = [
        Note("TXT-06", "an HTML page was reduced to its text; scripts, menus and hidden parts were left out")
    ]
    text = ""
    if body is not None:
        articles = page.css("article")
        article = _page_text(articles[0]) if len(articles) == 1 else ""
        whole = len(article) < _SHORTEST_ARTICLE
        text = _page_text(body) if whole else article
        if not whole:
            notes.append(Note("TXT-06", "only the part that the page marks as its article was read", "said"))
    return {
        "text": text,
        "title": _title(page),
        "publisher": _content(page, "meta[property='og:site_name']"),
        "published": _published(page),
        "url": _content(page, "meta[property='og:url']") or _attribute(page, "link[rel='canonical']", "href"),
    } | said(notes)


def _page_text(root: LexborNode) -> str:
    blocks = _Blocks()
    for node, opens in _walk(root):
        tag = node.tag or ""
        if tag == "-text":
            blocks.add((node.text_content or "") if opens else "")
        elif tag == "br":
            blocks.add("\v" if opens else "")
        elif tag in _CELLS:
            blocks.add("" if opens else _CELL_MARK)
        elif tag == "pre" or tag not in _INLINE:
            blocks.end()
        if blocks.size > MAX_REPORT_CHARACTERS:
            break
    blocks.end()
    return joined_blocks(block.removesuffix(_CELL_MARK.rstrip()).strip() for block in blocks.done)


def _walk(root: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Every node that is seen, when it opens and when it closes; without recursion, pages nest as they like."""
    stack: list[tuple[LexborNode, bool]] = [(root, True)]
    while stack:
        node, opens = stack.pop()
        if not opens:
            yield node, False
            continue
        if _is_unseen(node):
            continue
        yield node, True
        stack.append((node, False))
        children = []
        child = node.child
        while child is not None:
            children.append((child, True))
            child = child.next
        stack.extend(reversed(children))


def _is_unseen(node: LexborNode) -> bool:
    tag = node.tag or ""
    if tag == "-text":
        return False
    if tag in _SILENT or tag.startswith(("!", "-")):
        return True
    attributes = node.attributes
    if not attributes:
        return False
    style = attributes.get("style") or ""
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(style and _UNSEEN.search(style[:_LONGEST_STYLE]))
    )


def _title(page: LexborHTMLParser) -> str:
    if found := _content(page, "meta[property='og:title']"):
        return found
    for selector in ("title", "h1"):
        node = page.css_first(selector)
        if node is not None and (words := one_line(node.text())):
            return words[:300]
    return ""


def _published(page: LexborHTMLParser) -> str:
    """The day of publication as the page states it, empty if it is no day."""
    stated = (
        _content(page, "meta[property='article:published_time']"),
        _content(page, "meta[name='date']"),
        _content(page, "meta[name='pubdate']"),
        _attribute(page, "time[datetime]", "datetime"),
    )
    for each in stated:
        try:
            day = date.fromisoformat(each[:10])
        except ValueError:
            continue
        if day.year in _YEARS:
            return day.isoformat()
    return ""


def _content(page: LexborHTMLParser, selector: str) -> str:
    return _attribute(page, selector, "content")


def _attribute(page: LexborHTMLParser, selector: str, name: str) -> str:
    node = page.css_first(selector)
    return one_line(node.attributes.get(name) or "")[:300] if node is not None else ""
