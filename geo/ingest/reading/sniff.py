"""What kind of file it is: by its first bytes, then by its name; the two must agree."""

import codecs
import re
import zlib
from dataclasses import dataclass
from pathlib import Path

from geo.errors import InputRefused
from geo.ingest.reading.container import too_large, unpacked_limit
from geo.ingest.reading.labels import shown
from geo.ingest.reading.magic import ENDINGS, IN_ZIP, MAGIC, OTHER_KINDS, READERS, SHAPEFILE_PARTS, WORDS
from geo.ingest.reading.refusals import empty_file

_HEAD = 1 << 16
_STEP = 1 << 20

_MARKUP = re.compile(r"\s*<(\?xml|!doctype|html|kml|ogrvrt|gpx|gml|svg|rdf)", re.IGNORECASE)
_JSON = re.compile(r"[\s\x1e]*[\[{]\s*[\"\[{\]}]")

_ALSO_FITS = {("kml", "xml"), ("kmz", "zip"), ("zip", "kmz"), ("gpkg", "sqlite")}
"""Contents that only the reader itself can tell from what the name says."""
_ADVICE = {
    "gzip": "unpack it first",
    "bzip2": "unpack it first",
    "xz": "unpack it first",
    "zstandard": "unpack it first",
    "7z": "unpack it, or pack it as .zip",
    "rar": "unpack it, or pack it as .zip",
    "tar": "unpack it, or pack it as .zip",
    "ole": "save it as .xlsx",
    "opendocument": "save it as .xlsx",
}


@dataclass(frozen=True, slots=True)
class Look:
    """The first and last bytes of a file."""

    head: bytes
    tail: bytes


def read_kind(path: Path, *, name: str) -> str:
    """The reader that takes the file: csv, xlsx, zip, geojson, gpkg, kml or kmz.

    Raises
    ------
    InputRefused
        The file is empty, of a kind that is not taken, or not what its name says.
    """
    look = _read_look(path)
    if not look.head.strip(b"\x00 \t\r\n"):
        raise empty_file(name)
    content, ending = _content(look), ending_of(name)
    wanted = ENDINGS.get(ending)
    if wanted == content or (wanted, content) in _ALSO_FITS:
        return wanted or content
    if wanted is not None:
        raise _not_as_named(name, ending, content)
    if ending in SHAPEFILE_PARTS or content == "shp":
        raise InputRefused(
            f"{shown(name)} is one part of a shapefile: upload the .shp with .dbf, .shx and .prj as one .zip.",
            code="SHP-01",
        )
    if content in READERS:
        if ending and (content != "csv" or ending in OTHER_KINDS):
            raise _not_as_named(name, ending, content)
        return content  # text is a table under any other name: what a file is called says nothing then
    if content == "gzip":
        _check_gzip(path, name)
    raise InputRefused(
        f"{shown(name)} is {WORDS[content]}, which is not taken: {_ADVICE.get(content, _elsewise(content))}.",
        code="XLS-01" if content == "locked" else "TYP-02",
    )


def read_content(path: Path) -> str:
    """What the bytes of a file are, whatever it is called: one of :data:`geo.ingest.reading.magic.WORDS`."""
    return _content(_read_look(path))


def ending_of(name: str) -> str:
    """The ending of a file's name, in small letters, without its point."""
    found = re.search(r"\.(\w{1,12})\s*$", name)
    return found[1].lower() if found and not found[1].isdecimal() else ""


def _read_look(path: Path) -> Look:
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(0, path.stat().st_size - _HEAD))
        return Look(head, file.read(_HEAD))


def _content(look: Look) -> str:
    for offset, magic, content in MAGIC:
        if look.head.startswith(magic, offset):
            return _refined(content, look)
    text = _as_text(look.head)
    if text is None:
        return "executable" if look.head.startswith(b"MZ") else "binary"
    if _MARKUP.match(text):
        return _markup(text)
    return "geojson" if _JSON.match(text) else "csv"


def _refined(content: str, look: Look) -> str:
    if content == "zip":
        names = _names_in_zip(look)
        return next((kind for mark, kind in IN_ZIP if any(name.startswith(mark) for name in names)), "zip")
    if content == "sqlite":
        return "gpkg" if look.head[68:70] == b"GP" else "sqlite"
    if content == "ole":
        return "locked" if "EncryptedPackage".encode("utf-16-le") in look.head + look.tail else "ole"
    return content


def _names_in_zip(look: Look) -> list[bytes]:
    """Names of the members in the archive's directory at its end, as far as it is in sight, and the first one's."""
    first = look.head[30 : 30 + int.from_bytes(look.head[26:28], "little")]
    end = look.tail.rfind(b"PK\x05\x06")
    place = end - int.from_bytes(look.tail[end + 12 : end + 16], "little")
    names = [first]
    while 0 <= place < end and look.tail.startswith(b"PK\x01\x02", place):
        lengths = [int.from_bytes(look.tail[place + at : place + at + 2], "little") for at in (28, 30, 32)]
        names.append(look.tail[place + 46 : place + 46 + lengths[0]])
        place += 46 + sum(lengths)
    if first == b"[Content_Types].xml" and len(names) == 1:  # an Office file without its end
        names.append(b"xl/" if b"xl/" in look.head else b"")
    return names


def _markup(text: str) -> str:
    lower = text.lower()
    if "<ogrvrtdatasource" in lower:
        return "vrt"
    if "<kml" in lower:
        return "kml"
    return "html" if "<html" in lower or "<!doctype html" in lower else "xml"


def _as_text(head: bytes) -> str | None:
    """The head as text to look at, None if it is binary: too many control bytes for any text."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return head.decode(encoding, "replace")
    head = head.removeprefix(codecs.BOM_UTF8).rstrip(b"\0")
    controls = sum(head.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32)))
    nuls = head.count(0)
    pairs = max(head[0::2].count(0), head[1::2].count(0))
    if nuls > 1 and pairs == nuls and nuls * 20 >= len(head):  # UTF-16 without its mark
        return head.decode("utf-16-le" if head[1::2].count(0) else "utf-16-be", "replace")
    text = head.decode("utf-8", "replace")
    tolerated = 0.1 if text.count("\ufffd") <= 1 else 0.02
    return text if controls <= len(head) * tolerated else None


def _not_as_named(name: str, ending: str, content: str) -> InputRefused:
    right = READERS.get(content, ("",))[0]
    if content == "locked":
        return InputRefused(
            f"{shown(name)} is protected by a password: save it without one and try again.", code="XLS-01"
        )
    if ending == "gpkg" and content == "binary":
        return InputRefused(f"{shown(name)} is not a GeoPackage: export it again.", code="GPK-02")
    advice = f"rename it to .{right}" if right else _ADVICE.get(content, _elsewise(content))
    return InputRefused(f"{shown(name)} is {WORDS[content]} named .{ending}: {advice}.", code="TYP-01")


def _elsewise(content: str) -> str:
    if content in {"executable", "picture", "media", "binary", "pdf", "html", "word", "powerpoint", "rtf"}:
        return "it holds no table or layer"
    return "save it as CSV (UTF-8), .xlsx or GeoJSON"


def _check_gzip(path: Path, name: str) -> None:
    """Refuse a gzip file that unpacks to more than an archive may; nothing of it is kept."""
    unpacked, most = 0, unpacked_limit(path.stat().st_size)
    inflate = zlib.decompressobj(wbits=31)
    rest = b""
    with path.open("rb") as file:
        try:
            while chunk := inflate.unconsumed_tail or rest or file.read(_HEAD):
                rest = b""
                unpacked += len(inflate.decompress(chunk, _STEP))
                if unpacked > most:
                    raise too_large(name)
                if inflate.eof:  # another part may follow
                    inflate, rest = zlib.decompressobj(wbits=31), inflate.unused_data
        except zlib.error:
            return  # damaged, which no longer matters: it is not taken anyway
