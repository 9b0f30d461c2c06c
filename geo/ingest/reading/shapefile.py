"""A shapefile, part by part: what is missing, damaged or in doubt is found before GDAL sees it; runs in the worker."""

import codecs
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputRefused
from geo.ingest.reading.encoding import encoding_answer, encoding_question, is_utf8
from geo.ingest.reading.labels import shown
from geo.ingest.reading.layers import Layer, read_layer, reply_of
from geo.ingest.reading.legacy import Words, plausible_encodings
from geo.ingest.reading.referencing import Declaration, is_wkt
from geo.ingest.reading.wire import Reply, said
from geo.model import Question

if TYPE_CHECKING:
    from geo.ingest.reading.worker import Job

_NEEDED = (".shp", ".shx", ".dbf")
_HEADER = 100
_LOSSLESS = "ISO-8859-1"
"""Every byte is a letter in it, so texts come through GDAL as the bytes they are."""
_PARTED = {3, 5, 13, 15, 23, 25, 31}
"""Types of shapes with parts: lines, polygons and multipatches."""
_MULTIPOINTS = {8, 18, 28}


def work(job: "Job") -> Reply:
    """Read the shapefile whose parts lie as layer.* in the job's path."""
    base = job.path / "layer"
    _check_parts(base, job.name)
    try:
        _check_shapes(base, job.name)
        _check_table(base, job.name)
    except struct.error as error:
        raise _damaged(job.name, "a part is cut off") from error
    # GDAL would hand these to PROJ and iconv as they are, and follow an address in the first.
    declared = _declared(base)
    declared_encoding = _first_words(base.with_suffix(".cpg"))
    for part in (".prj", ".cpg"):
        base.with_suffix(part).unlink(missing_ok=True)
    layer = read_layer(
        base.with_suffix(".shp"),
        driver="ESRI Shapefile",
        layer=None,
        name=job.name,
        code="SHP-06",
        encoding=_LOSSLESS,
    )
    layer.declared = declared
    encoding, questions = _encoding(layer, declared_encoding, job)

    def decoded(text: str) -> str | None:
        try:
            return text.encode("latin-1").decode(encoding)
        except (UnicodeDecodeError, UnicodeEncodeError):
            return None

    reply = reply_of(layer, job, kind="shapefile", decoded=decoded)
    reply["questions"] = said((), questions)["questions"] + reply["questions"]
    return reply | {"encoding": encoding}


def _check_parts(base: Path, name: str) -> None:
    missing = [part for part in _NEEDED if not base.with_suffix(part).is_file()]
    if missing:
        named, verb = " and ".join(missing), "is" if len(missing) == 1 else "are"
        raise InputRefused(
            f"In {shown(name)} {named} {verb} missing: upload .shp, .shx, .dbf and .prj together as one .zip.",
            code="SHP-01",
        )


def _check_shapes(base: Path, name: str) -> None:
    """Each record must lie within the file, and hold the parts and points that it claims."""
    content = base.with_suffix(".shp").read_bytes()
    index = base.with_suffix(".shx").read_bytes()
    for part in (content, index):
        if len(part) < _HEADER or struct.unpack(">i", part[:4])[0] != 9994:
            raise _damaged(name, "a part has no header")
        if struct.unpack(">i", part[24:28])[0] * 2 > len(part):
            raise _damaged(name, "a part is shorter than its header says")
    for number, (offset, length) in enumerate(_records(index), start=1):
        if offset < _HEADER or length < 4 or offset + 8 + length > len(content):
            raise _damaged(name, f"record {number} lies outside the file")
        if not _holds(content, offset + 8, length):
            raise _damaged(name, f"record {number} claims more parts or points than it has")


def _records(index: bytes) -> Iterator[tuple[int, int]]:
    """Offset and length in bytes of each record."""
    whole = len(index) - (len(index) - _HEADER) % 8
    for offset, length in struct.iter_unpack(">ii", index[_HEADER:whole]):
        yield offset * 2, length * 2


def _holds(content: bytes, start: int, length: int) -> bool:
    kind = struct.unpack_from("<i", content, start)[0]
    if kind in _PARTED:
        parts, points = struct.unpack_from("<ii", content, start + 36)
        return bool(parts >= 0 and points >= 0 and 44 + 4 * parts + 16 * points <= length)
    if kind in _MULTIPOINTS:
        points = struct.unpack_from("<i", content, start + 36)[0]
        return bool(points >= 0 and 40 + 16 * points <= length)
    return True


def _check_table(base: Path, name: str) -> None:
    head = base.with_suffix(".dbf").read_bytes()[:32]
    rows, header, width = struct.unpack("<IHH", head[4:12])
    size = base.with_suffix(".dbf").stat().st_size
    if header < 33 or header + rows * width > size + 1:  # the end mark is often left out
        raise _damaged(name, "the .dbf is shorter than its header says")
    shapes = (base.with_suffix(".shx").stat().st_size - _HEADER) // 8
    if rows != shapes:
        raise _damaged(name, f"there are {shapes:,} shapes and {rows:,} rows")


def _damaged(name: str, what: str) -> InputRefused:
    return InputRefused(f"The shapefile {shown(name)} is damaged: {what}; export it again.", code="SHP-06")


def _declared(base: Path) -> Declaration:
    """What the .prj says, or why it is not believed."""
    path = base.with_suffix(".prj")
    unknown = "so its coordinate reference system is not known"
    if not path.is_file():
        return Declaration("", f"its .prj is missing, {unknown}")
    text = path.read_bytes()[:20_000].decode("utf-8", "replace").strip("\ufeff \r\n\t\0")
    if is_wkt(text):
        return Declaration(text)
    if re.match(r"[a-z][a-z0-9+.-]*://|/|\\\\|www\.", text, re.IGNORECASE):
        return Declaration("", f"its .prj is an address, which is not followed, {unknown}", "NET-01")
    return Declaration("", f"its .prj cannot be read, {unknown}")


def _first_words(path: Path) -> str | None:
    return (
        path.read_bytes()[:100].decode("ascii", "replace").strip("\ufeff \r\n\t\0")
        if path.is_file()
        else None
    )


def _encoding(layer: Layer, declared: str | None, job: "Job") -> tuple[str, list[Question]]:
    """The encoding of the texts: as the .cpg says, UTF-8 if they are that, else as the person says."""
    known = _codec(declared) if declared else None
    if known and "encoding" not in job.answers:
        return known, []
    found = _texts(layer)
    text = b"\n".join(found.lines)
    if declared is None and "encoding" not in job.answers and is_utf8(text):
        return "utf-8", []
    high = frozenset(byte for byte in text if byte > 127)
    encodings = ["utf-8"] if is_utf8(text) else plausible_encodings(found, high)[0]
    why = (
        f"its .cpg names the encoding “{shown(declared)}”, which is not known"
        if declared
        else "its .cpg is missing"
    )
    question = encoding_question(
        "SHP-03",
        f"{shown(job.name)}: {why}; which encoding do its texts have?",
        found,
        encodings,
        proposed=encodings[0],
    )
    answer = encoding_answer(question, job.answers)
    return answer or question.proposed, [] if answer else [question]


def _texts(layer: Layer) -> Words:
    """The texts of the layer as the bytes they are."""
    found = Words()
    for row in layer.rows:
        for value in row.values():
            if isinstance(value, str) and not value.isascii():
                found.add(value.encode("latin-1", "replace"))
    for field in layer.fields:
        if not field.isascii():
            found.add(field.encode("latin-1", "replace"))
    return found


def _codec(declared: str) -> str | None:
    """Python's name of an encoding that a .cpg names in any of the usual ways."""
    text = declared.strip().lower()
    number = re.fullmatch(r"(?:ansi|cp|windows|ms|oem)?[ -]?(\d{3,5})", text)
    page = {"65001": "utf-8", "88591": "iso-8859-1"}.get(number[1], f"cp{number[1]}") if number else text
    try:
        found = codecs.lookup(page)
    except (LookupError, ValueError):
        return None
    return found.name if getattr(found, "_is_text_encoding", True) else None
