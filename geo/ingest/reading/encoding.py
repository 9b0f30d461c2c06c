"""In which encoding a text file is read: its mark, else UTF-8, else what its words allow, else a question."""

import codecs
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputRefused
from geo.ingest.reading.answers import answer_to
from geo.ingest.reading.labels import shown
from geo.ingest.reading.legacy import CANDIDATES, Words, can_decode, plausible_encodings, samples
from geo.ingest.reading.scan import Scan, read_chunks
from geo.model import Note, Option, Question

LANGUAGES: Mapping[str, str] = {
    "utf-8": "Unicode",
    "windows-1252": "Western European",
    "windows-1251": "Cyrillic",
    "windows-1254": "Turkish, Azerbaijani",
    "windows-1250": "Central European",
    "windows-1256": "Arabic, Persian",
    "windows-1253": "Greek",
    "windows-1255": "Hebrew",
    "koi8-r": "Russian, older Unix",
    "koi8-u": "Ukrainian, older Unix",
    "cp866": "Russian, DOS",
    "mac-cyrillic": "Cyrillic, older Macintosh",
}


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a file is decoded. ``loose`` tells that some bytes are none of the encoding's."""

    encoding: str
    loose: bool = False
    notes: tuple[Note, ...] = ()
    questions: tuple[Question, ...] = ()


def read_decoding(path: Path, scan: Scan, *, name: str, answers: Mapping[str, str]) -> Decoding:
    """The encoding of a text file, with what to say or ask about it.

    Raises
    ------
    InputRefused
        The file says that it is UTF-16 and is not.
    SettingError
        The answer ``encoding`` names none that is known.
    """
    if scan.wide:
        return _wide(path, scan, name)
    if chosen := _chosen(name, answers):
        loose = not (scan.utf8 if chosen == "utf-8" else can_decode(chosen, scan.high))
        return Decoding("utf-8-sig" if scan.bom and chosen == "utf-8" else chosen, loose)
    if scan.utf8 or scan.bom:
        return Decoding(scan.bom or "utf-8", loose=not scan.utf8)
    return _undeclared(path, scan, name)


def encoding_question(code: str, text: str, found: Words, encodings: list[str], *, proposed: str) -> Question:
    """Ask which encoding a text has; the first options show how the encodings would read it."""
    rest = [each for each in ("utf-8", *CANDIDATES) if each not in encodings]
    shows = samples(found, encodings)
    options = [
        Option(each, f"{each} ({LANGUAGES[each]})", shows.get(each, "")) for each in (*encodings, *rest)
    ]
    return Question("encoding", code, text, tuple(options), proposed=proposed)


def encoding_answer(question: Question, answers: Mapping[str, str]) -> str | None:
    """The encoding that was chosen, by any of its names; None when the question was not answered."""
    given = answers.get("encoding")
    if given is None:
        return None
    with suppress(LookupError, ValueError):  # not one of ours: the refusal names those that are
        given = {codecs.lookup(each).name: each for each in LANGUAGES}[codecs.lookup(given.strip()).name]
    return answer_to(question, {"encoding": given})


def is_utf8(text: bytes) -> bool:
    """Whether the bytes are whole letters of UTF-8."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _chosen(name: str, answers: Mapping[str, str]) -> str | None:
    every = encoding_question("ENC-03", f"Which encoding does {shown(name)} have?", Words(), [], proposed="")
    return encoding_answer(every, answers)


def _wide(path: Path, scan: Scan, name: str) -> Decoding:
    decoder = codecs.getincrementaldecoder(scan.wide)()
    line = 1
    try:
        for chunk in read_chunks(path, scan.size):
            line += decoder.decode(chunk).count("\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise InputRefused(
            f"{shown(name)} is {scan.wide.upper()} but broken after line {line}: save it as CSV (UTF-8) again.",
            code="ENC-04",
        ) from error
    return Decoding(scan.wide, notes=(Note("ENC-01", f"read as {scan.wide.upper()}"),))


def _undeclared(path: Path, scan: Scan, name: str) -> Decoding:
    """Neither marked nor UTF-8: UTF-8 with bad lines in it, or an older encoding."""
    good, bad = Words(), Words()
    counts = {True: 0, False: 0}
    for line in _high_lines(path, scan.size):
        decodes = is_utf8(line)
        counts[decodes] += 1
        (good if decodes else bad).add(line)
    both = Words(good.words | bad.words, bad.lines + good.lines)
    encodings, settled = plausible_encodings(both, scan.high)
    if counts[True] and (counts[True] >= counts[False] or not settled):
        return Decoding("utf-8", loose=True)
    if settled:
        return Decoding(encodings[0], notes=(Note("ENC-02", f"read as {encodings[0]}"),))
    if not encodings:
        encodings = ["windows-1252"]
    text = f"{shown(name)} is not UTF-8, and {' and '.join(encodings)} are possible: which one reads right?"
    question = encoding_question("ENC-03", text, both, encodings, proposed=encodings[0])
    return Decoding(encodings[0], loose=not can_decode(encodings[0], scan.high), questions=(question,))


def _high_lines(path: Path, size: int) -> Iterator[bytes]:
    """The lines that have bytes over 127; a line may be cut where a piece of the file ends."""
    rest = b""
    for chunk in read_chunks(path, size):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > len(chunk):  # a line without end: let it go in parts
            lines.append(rest)
            rest = b""
        yield from (line for line in lines if not line.isascii())
    if not rest.isascii():
        yield rest
