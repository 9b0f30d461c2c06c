"""One pass over a file's bytes before anything is read: how it is encoded, and what to beware of."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.settings import LONGEST_CELL

_CHUNK = 1 << 16  # small enough to stay in the processor's cache
_HEAD = 1 << 16
_ASCII = bytes(range(128))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, which begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What the bytes are. ``size`` leaves out ``tail``, the NUL bytes at the end.

    ``wide`` is the encoding's name for UTF-16 and UTF-32, with or without a mark. ``high`` are the bytes
    over 127 of a file that is not UTF-8. ``long_lines`` tells that a physical line may be longer than a cell may be.
    """

    size: int
    tail: int
    bom: str
    wide: str
    utf8: bool
    high: frozenset[int]
    nuls: bool
    long_lines: bool
    ends_with_line_end: bool

    @property
    def empty(self) -> bool:
        """Whether there is nothing but a mark and NUL bytes."""
        return self.size <= {"utf-8-sig": 3, "utf-16": 2, "utf-32": 4}.get(self.bom, 0)


def read_scan(path: Path) -> Scan:
    """Read the file once, in pieces; nothing is kept."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    bom = next((name for mark, name in _BOMS if head.startswith(mark)), "")
    wide = bom if bom in {"utf-16", "utf-32"} else _unmarked_utf16(head)
    size = path.stat().st_size
    tail = 0 if wide else _nul_tail(path, size)
    nuls, long_lines, utf8, last = _read_through(path, size - tail)
    high = frozenset() if utf8 else _high_bytes(path, size - tail)
    if wide:  # a byte of UTF-16 is no character: leave the rows to be looked at one by one
        nuls = long_lines = True
    return Scan(
        size=size - tail,
        tail=tail,
        bom=bom,
        wide=wide,
        utf8=utf8,
        high=high,
        nuls=nuls,
        long_lines=long_lines,
        ends_with_line_end=last in b"\r\n\x00",
    )


def read_chunks(path: Path, size: int) -> Iterator[bytes]:
    """The first ``size`` bytes of the file, piece by piece."""
    with path.open("rb") as file:
        while size > 0 and (chunk := file.read(min(_CHUNK, size))):
            size -= len(chunk)
            yield chunk


def _read_through(path: Path, size: int) -> tuple[bool, bool, bool, bytes]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    nuls = long_lines = False
    utf8 = True
    since_line_end = 0
    last = b""
    for chunk in read_chunks(path, size):
        nuls = nuls or b"\0" in chunk
        if not long_lines:
            long_lines, since_line_end = _overlong(chunk, since_line_end)
        if utf8:
            utf8 = _decodes(decoder, chunk)
        last = chunk[-1:]
    utf8 = utf8 and _decodes(decoder, b"", final=True)
    return nuls, long_lines, utf8, last


def _high_bytes(path: Path, size: int) -> frozenset[int]:
    return frozenset(byte for chunk in read_chunks(path, size) for byte in set(chunk.translate(None, _ASCII)))


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    if chunk.isascii() and not final and not decoder.getstate()[0]:
        return True  # decoding would only copy it
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _overlong(chunk: bytes, since_line_end: int) -> tuple[bool, int]:
    """Whether a line goes on for longer than a cell may; jumps from line end to line end."""
    start = -since_line_end
    while start + LONGEST_CELL < len(chunk):
        end = chunk.rfind(b"\n", max(start, 0), start + LONGEST_CELL)
        if end < 0:
            return True, 0
        start = end + 1
    end = chunk.rfind(b"\n", max(start, 0))
    return False, len(chunk) - (end + 1 if end >= 0 else start)


def _nul_tail(path: Path, size: int) -> int:
    """How many NUL bytes the file ends with; an interrupted copy leaves such a tail."""
    tail = 0
    with path.open("rb") as file:
        while tail < size:
            step = min(_HEAD, size - tail)
            file.seek(size - tail - step)
            block = file.read(step)
            kept = len(block.rstrip(b"\0"))
            tail += step - kept
            if kept:
                break
    return tail


def _unmarked_utf16(head: bytes) -> str:
    """UTF-16 shows without its mark when one byte of many pairs is NUL, and always the same one."""
    head = head[: len(head) // 2 * 2]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 < len(head) // 2 or min(even, odd) or not head:
        return ""
    name = "utf-16-le" if odd else "utf-16-be"
    text = head.decode(name, "replace")
    plain = sum(sign.isprintable() or sign in "\r\n\t" for sign in text)
    return name if plain >= len(text) * 0.99 else ""
