"""A ZIP archive: its rules are checked, its data file found and unpacked under a name of ours."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile, ZipInfo

from geo.errors import InputRefused
from geo.ingest.reading.answers import choose
from geo.ingest.reading.container import check_container, open_container, unpack, unpacked_limit
from geo.ingest.reading.isolated import Done, run_job
from geo.ingest.reading.labels import handles, shown
from geo.ingest.reading.magic import ENDINGS
from geo.ingest.reading.sniff import ending_of
from geo.ingest.reading.wire import Reply, notes_in, questions_in, said
from geo.model import Note, Option, Question

if TYPE_CHECKING:
    from geo.ingest.reading.worker import Job

_DATA = frozenset(ENDINGS) - {"txt", "zip", "geojsons"}
_PARTS = ("shp", "shx", "dbf", "prj", "cpg")
_PACKED = frozenset({"zip", "gz", "tgz", "bz2", "xz", "zst", "7z", "rar", "tar", "jar"})
_LONGEST_NAME = 200
_MARKED_UTF8 = 0x800
"""General purpose bit 11 (APPNOTE.TXT, section 4.4.4)."""


@dataclass(frozen=True, slots=True)
class Unpacked:
    """The data file of an archive: where it lies, its name in the archive, and what to say and ask.

    ``kind`` is ``shapefile`` for a set of files that lie in ``path``, else empty.
    """

    path: Path
    name: str
    kind: str
    notes: tuple[Note, ...]
    questions: tuple[Question, ...]
    done: Done


def unpack_archive(path: Path, *, name: str, answers: Mapping[str, str], wanted: str = "") -> Unpacked:
    """The data file of an archive, unpacked by the worker; ``wanted`` limits it to one kind of ending."""
    done = run_job("archive", path, name=name, answers=answers, wanted=wanted)
    kind = str(done.reply["kind"])
    place = done.path if kind == "shapefile" else done.path / "member"
    return Unpacked(
        place, str(done.reply["member"]), kind, notes_in(done.reply), questions_in(done.reply), done
    )


def work(job: "Job") -> Reply:
    """In the worker: check the archive, choose the data file, unpack it."""
    with open_container(job.path, name=job.name) as archive:
        members = archive.infolist()
        check_container(members, name=job.name)
        helpers = [member for member in members if _helper(member)]
        files = [member for member in members if not member.is_dir() and not _helper(member)]
        sets = _data_sets(files, job)
        chosen, questions = _choose(sets, job)
        _unpack(archive, sets[chosen], job)
    notes = [*_helper_notes(helpers), *_name_notes(sets[chosen][0])]
    kind = "shapefile" if ending_of(label_of(sets[chosen][0])) in _PARTS else ""
    return {"member": label_of(sets[chosen][0]), "kind": kind} | said(notes, questions)


def label_of(member: ZipInfo) -> str:
    """The member's name to show. Names that are not marked as UTF-8 come as code page 437 by default."""
    name = member.orig_filename
    if _has_older_encoding(member):
        for encoding in ("utf-8", "cp866"):
            try:
                other = name.encode("cp437").decode(encoding)
            except (UnicodeDecodeError, UnicodeEncodeError):
                continue
            if encoding == "utf-8" or all(letter.isascii() or letter.isalpha() for letter in other):
                name = other
                break
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 20]}….{ending_of(name)}"
    return shown(name, longest=_LONGEST_NAME)


def _helper(member: ZipInfo) -> bool:
    """Whether the member is what a system leaves in archives beside the data."""
    folders = member.orig_filename.split("/")
    return (
        "__MACOSX" in folders
        or folders[-1].startswith("._")
        or folders[-1] in {".DS_Store", "Thumbs.db", "desktop.ini"}
    )


def _data_sets(files: Sequence[ZipInfo], job: "Job") -> list[list[ZipInfo]]:
    """Each data file alone, the parts of each shapefile together."""
    wanted = job.wanted
    if any(ending_of(file.orig_filename) in _PACKED for file in files) and not wanted:
        raise InputRefused(f"{shown(job.name)} holds another archive: unpack that one first.", code="TYP-02")
    single = [[file] for file in files if ending_of(file.orig_filename) in ({wanted} if wanted else _DATA)]
    shapefiles: dict[str, list[ZipInfo]] = defaultdict(list)
    for file in files if not wanted else ():
        if ending_of(file.orig_filename) in _PARTS:
            shapefiles[file.orig_filename.rpartition(".")[0].casefold()].append(file)
    for parts in shapefiles.values():
        parts.sort(key=lambda part: _PARTS.index(ending_of(part.orig_filename)))
    sets = [*single, *(parts for parts in shapefiles.values() if len(parts) > 1 or not single)]
    if not sets:
        raise InputRefused(
            f"{shown(job.name)} holds no data file: pack a CSV, workbook, layer or shapefile.", code="ZIP-06"
        )
    sets.sort(key=lambda each: each[0].orig_filename.lower() != "doc.kml")
    return sets[:1] if wanted == "kml" else sets  # of a KMZ the first .kml counts, doc.kml by custom


def _choose(sets: list[list[ZipInfo]], job: "Job") -> tuple[int, list[Question]]:
    labels = [label_of(parts[0]) for parts in sets]
    values = handles(labels)
    question = Question(
        "member",
        "ZIP-07",
        f"{shown(job.name)} holds {len(sets)} data files: which one is meant?",
        tuple(Option(value, label) for value, label in zip(values, labels, strict=True)),
        proposed=values[0],
    )
    return choose(question, job.answers)


def _unpack(archive: ZipFile, parts: list[ZipInfo], job: "Job") -> None:
    left = unpacked_limit(sum(part.compress_size for part in parts))
    shapefile = ending_of(parts[0].orig_filename) in _PARTS
    for part in parts:
        ending = ending_of(part.orig_filename)
        target = job.folder / (f"layer.{ending}" if shapefile else "member")
        left = unpack(archive, part, target, name=job.name, left=left)


def _helper_notes(helpers: Sequence[ZipInfo]) -> list[Note]:
    if not helpers:
        return []
    named = ", ".join(label_of(member) for member in helpers[:5])
    return [Note("ZIP-09", f"{len(helpers)} helper files of the archive were skipped: {named}", "said")]


def _name_notes(member: ZipInfo) -> list[Note]:
    name = member.orig_filename
    if len(name) > _LONGEST_NAME:
        odd = f"has {len(name):,} characters and was clipped"
    elif _has_older_encoding(member):
        odd = f"is in an older encoding, read as {label_of(member)}"
    elif shown(name, longest=_LONGEST_NAME) != name:
        odd = "has unprintable characters"
    else:
        return []
    return [Note("ZIP-09", f"the name of the file in the archive {odd}")]


def _has_older_encoding(member: ZipInfo) -> bool:
    return not member.flag_bits & _MARKED_UTF8 and not member.orig_filename.isascii()
