"""Reads our own corpus, ``data/corpus/documents/*.txt``; its format is told in ``data/corpus/README.md``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.gazetteer.lookup import Gazetteer
from geo.model import Place

DOCUMENTS = Path(__file__).resolve().parents[1] / "data" / "corpus" / "documents"
_HEAD = re.compile(r"^=== (\S+)\s*$", re.MULTILINE)
_MARK = re.compile(r"\[([^\[\]{}]+)\]\{([^{}]+)\}")
NO_PLACES = frozenset({"person", "org", "demonym", "other"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch of a text (code points, ``end`` exclusive): what it is and what is said of it.

    ``label`` is a gazetteer id, ``@lat,lon`` for a place that no list has, or one of :data:`NO_PLACES`.
    """

    start: int
    end: int
    label: str
    is_denied: bool = False

    @property
    def is_place(self) -> bool:
        """Whether a place is meant."""
        return self.label not in NO_PLACES


@dataclass(frozen=True, slots=True)
class Document:
    """One document without its mark-up, and the marks in its order."""

    doc_id: str
    facts: dict[str, str]
    text: str
    marks: tuple[Mark, ...]

    @property
    def is_for_testing(self) -> bool:
        """Whether nothing may be trained on it."""
        return self.facts["split"] == "test"

    @property
    def places(self) -> list[Mark]:
        """The marks of places."""
        return [mark for mark in self.marks if mark.is_place]


def read_corpus(folder: Path = DOCUMENTS) -> list[Document]:
    """Every document of every file, in the order of the file names."""
    return [document for path in sorted(folder.glob("*.txt")) for document in _documents(path)]


def _documents(path: Path) -> Iterator[Document]:
    parts = _HEAD.split(path.read_text(encoding="utf-8"))[1:]
    for doc_id, body in zip(parts[::2], parts[1::2], strict=True):
        head, marked = body.strip("\n").split("\n\n", 1)
        facts = dict(_fact(line) for line in head.splitlines())
        yield Document(doc_id, facts, *unmarked(marked.strip("\n")))


def _fact(line: str) -> tuple[str, str]:
    name, value = line.split(":", 1)
    return name.strip(), value.strip()


def unmarked(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """The text without its mark-up, and where the marks stand in it."""
    pieces: list[str] = []
    marks: list[Mark] = []
    length = end = 0
    for match in _MARK.finditer(marked):
        plain, surface = marked[end : match.start()], match[1]
        label, *notes = match[2].split()
        start = length + len(plain)
        marks.append(Mark(start, start + len(surface), label, bool(notes)))
        pieces += [plain, surface]
        length, end = start + len(surface), match.end()
    return "".join([*pieces, marked[end:]]), tuple(marks)


def marked_place(mark: Mark, gazetteer: Gazetteer) -> Place:
    """The place that a mark names: of the gazetteer, or a bare position without a kind."""
    if not mark.label.startswith("@"):
        return gazetteer.place(mark.label)
    lat, lon = (float(part) for part in mark.label[1:].split(","))
    return Place("", "", "", lon, lat)
