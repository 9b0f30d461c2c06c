"""The rules that a ZIP container must keep before anything in it is unpacked; a workbook is one, too."""

import itertools
import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from geo.errors import InputRefused
from geo.ingest.reading.labels import shown
from geo.settings import MAX_MEMBERS, MAX_RATIO, UNPACKED_LIMIT_MB

ONE_FILE = "pack only the data file"
_LIMIT = UNPACKED_LIMIT_MB * 1_000_000
_SMALL = 5_000_000
"""Below this an archive may be packed as tightly as it likes: blank columns of a .dbf are."""
_ENCRYPTED = 0x1 | 0x40
_LOCAL_HEADER = 30
_STEP = 1 << 16
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    EOFError,
    ValueError,
    UnicodeDecodeError,
    RuntimeError,
)
"""What Python raises for archives that are broken or packed in a way it does not know."""


def open_container(path: Path, *, name: str, damaged: str = "ZIP-03") -> ZipFile:
    """The archive, opened to look at.

    Raises
    ------
    InputRefused
        It is not an archive that can be read.
    """
    try:
        return ZipFile(path)
    except DAMAGE as error:
        raise damage(name, damaged) from error


def damage(name: str, code: str = "ZIP-03") -> InputRefused:
    """The refusal of a damaged archive."""
    return InputRefused(f"{shown(name)} is damaged or incomplete: pack or save it again.", code=code)


def check_container(
    members: Sequence[ZipInfo], *, name: str, most: int = MAX_MEMBERS, smaller: str = ONE_FILE
) -> None:
    """Refuse an archive for its number of members, their names, encryption, overlaps or declared sizes.

    ``smaller`` says how a person gets less of it.
    """
    if len(members) > most:
        raise InputRefused(
            f"{shown(name)} holds {len(members):,} files and {most} are allowed: pack only the data file.",
            code="ZIP-05",
        )
    for member in members:
        if unsafe(member):
            raise InputRefused(
                f"{shown(name)} holds the unsafe name “{shown(member.orig_filename)}”: pack the files again "
                "without paths that lead outside.",
                code="ZIP-02",
            )
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise InputRefused(f"{shown(name)} is encrypted: pack it again without a password.", code="ZIP-04")
    if _overlap(members):
        raise InputRefused(
            f"{shown(name)} holds members that repeat or overlap: pack only the data file.", code="ZIP-01"
        )
    packed = sum(member.compress_size for member in members)
    if sum(member.file_size for member in members) > unpacked_limit(packed):
        raise too_large(name, smaller)


def unsafe(member: ZipInfo) -> bool:
    """Whether the member's name leads out of a folder, on any system, or the member is a link."""
    path = member.orig_filename
    return (
        ".." in path.split("/")
        or path.startswith("/")
        or "\\" in path
        or "\0" in path
        or path[1:2] == ":"
        or stat.S_ISLNK(member.external_attr >> 16)
    )


def check_counted(
    archive: ZipFile,
    members: Sequence[ZipInfo],
    *,
    name: str,
    damaged: str,
    mark: bytes,
    smaller: str = ONE_FILE,
) -> bool:
    """Unpack the members into nothing: what they declare must be true. Tells whether ``mark`` occurs in them."""
    left = unpacked_limit(sum(member.compress_size for member in members))
    found = False
    for member in members:
        for piece in _pieces(archive, member, name, damaged):
            left -= len(piece)
            found = found or mark in piece
            if left < 0:
                raise too_large(name, smaller)
    return found


def unpack(archive: ZipFile, member: ZipInfo, target: Path, *, name: str, left: int) -> int:
    """Write one member to a file of ours, counting; tells how many bytes may still be unpacked."""
    with target.open("wb") as file:
        for piece in _pieces(archive, member, name, "ZIP-03"):
            left -= len(piece)
            if left < 0:
                raise too_large(name)
            file.write(piece)
    return left


def unpacked_limit(packed: int) -> int:
    """Bytes that an archive of so many bytes may unpack to."""
    return min(_LIMIT, max(_SMALL, packed * MAX_RATIO))


def too_large(name: str, smaller: str = ONE_FILE) -> InputRefused:
    """The refusal of a bomb."""
    return InputRefused(
        f"{shown(name)} unpacks to more than {UNPACKED_LIMIT_MB} MB or {MAX_RATIO} times its size: {smaller}.",
        code="ZIP-01",
    )


def _pieces(archive: ZipFile, member: ZipInfo, name: str, damaged: str) -> Iterator[bytes]:
    try:
        with archive.open(member) as file:
            while piece := file.read(_STEP):
                yield piece
    except DAMAGE as error:
        raise damage(name, damaged) from error


def _overlap(members: Sequence[ZipInfo]) -> bool:
    names = [member.orig_filename for member in members]
    if len(set(names)) < len(names):
        return True
    placed = sorted(members, key=lambda member: member.header_offset)
    return any(
        first.header_offset + _LOCAL_HEADER + first.compress_size > second.header_offset
        for first, second in itertools.pairwise(placed)
    )
