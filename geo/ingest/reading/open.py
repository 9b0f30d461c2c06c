"""The one way in: any file that somebody sent becomes a source of rows, or is refused in one sentence."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from geo.errors import InputRefused
from geo.ingest.reading.archive import Unpacked, unpack_archive
from geo.ingest.reading.delimited import open_delimited
from geo.ingest.reading.isolated import run_job, source_of
from geo.ingest.reading.labels import shown
from geo.ingest.reading.sniff import read_kind
from geo.ingest.reading.workbook import open_workbook
from geo.ingest.source import Batch, Source
from geo.model import Note


def open_source(path: Path, *, name: str, answers: Mapping[str, str]) -> Source:
    """The file that lies at ``path``, read as what its content and its ``name`` say.

    Raises
    ------
    InputRefused
        The file cannot be taken: the sentence says why, the code which kind of problem it is.
    SettingError
        An answer is none of those that its question offers.
    """
    kind = read_kind(path, name=name)
    if kind in {"zip", "kmz"}:
        wanted = "kml" if kind == "kmz" else ""
        return _open_unpacked(unpack_archive(path, name=name, answers=answers, wanted=wanted), name, answers)
    return _OPENERS[kind](path, name=name, answers=answers)


def _open_unpacked(unpacked: Unpacked, name: str, answers: Mapping[str, str]) -> Source:
    """What lies in an archive. It stays unpacked for as long as its source is held."""
    label = f"{shown(name)} › {unpacked.name}"
    try:
        if unpacked.kind == "shapefile":
            source = _in_worker("shapefile", unpacked.path, name=label, answers=answers)
        else:
            source = open_source(unpacked.path, name=label, answers=answers)
    except InputRefused as error:
        if not unpacked.questions:
            raise
        # Another file may be meant than the one that was proposed: the question must not be lost.
        source = Source("", (), lambda: iter(()), notes=(Note(error.code, str(error), "said"),))
    return replace(
        source,
        batches=partial(_held, source.batches, unpacked),
        notes=(*unpacked.notes, *source.notes),
        questions=(*unpacked.questions, *source.questions),
    )


def _held(batches: Callable[[], Iterator[Batch]], _: Unpacked) -> Iterator[Batch]:
    """The batches; whoever may ask for them holds what was unpacked, too, and with it its folder."""
    return batches()


def _in_worker(job: str, path: Path, *, name: str, answers: Mapping[str, str]) -> Source:
    return source_of(run_job(job, path, name=name, answers=answers))


_OPENERS: Mapping[str, Callable[..., Source]] = {
    "csv": open_delimited,
    "xlsx": open_workbook,
    "geojson": partial(_in_worker, "features"),
    "gpkg": partial(_in_worker, "geopackage"),
    "kml": partial(_in_worker, "kml"),
}
