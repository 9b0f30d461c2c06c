"""What a reader makes of a file, before anybody maps its columns."""

import shutil
import zipfile
from pathlib import Path

import pytest
from badinputs import KEPT

from geo.errors import InputRefused
from geo.ingest.reading.open import open_source


class Outcome:
    """What a reader makes of a file, in the words of the manifest, before anybody maps its columns."""

    def __init__(self, path: Path, name: str, **answers: str) -> None:
        self.source = None
        self.cells, self.lines, self.issues, self.sentence = [], [], [], ""
        try:
            self.source = open_source(path, name=name, answers=answers)
            for batch in self.source.batches():
                self.cells += batch.cells
                self.lines += batch.lines
                self.issues += batch.issues
        except InputRefused as refusal:
            self.code, self.sentence = refusal.code, str(refusal)

    @property
    def word(self) -> str:
        if self.sentence:
            return "REJECT"
        weights = {note.weight for note in self.source.notes}
        if self.source.questions:
            return "ASK"
        if self.issues or "incomplete" in weights:
            return "PARTIAL"
        return "NORMALISE" if "normalised" in weights else "ACCEPT"

    @property
    def codes(self) -> set[str]:
        if self.sentence:
            return {self.code}
        told = (*self.source.questions, *self.source.notes, *self.issues)
        return {each.code for each in told}

    @property
    def columns(self) -> list[dict[str, str]]:
        return [dict(zip(self.source.header, row, strict=True)) for row in self.cells]


@pytest.fixture
def read(tmp_path):
    """Read bytes, or a file, under a name."""

    def outcome(name: str, content: bytes | Path, **answers: str) -> Outcome:
        if isinstance(content, Path):
            return Outcome(content, name, **answers)
        path = tmp_path / "upload"
        path.write_bytes(content)
        return Outcome(path, name, **answers)

    return outcome


@pytest.fixture
def zipped(tmp_path):
    """Bytes of a ZIP archive of the given files."""

    def content(files: dict[str, bytes], *, stored: bool = False) -> bytes:
        path = tmp_path / "packed"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
            for name, body in files.items():
                archive.writestr(name, body)
        return path.read_bytes()

    return content


@pytest.fixture
def unzipped(bad_input):
    """The files of an archive of the manifest, by name."""

    def files(name: str) -> dict[str, bytes]:
        with zipfile.ZipFile(bad_input(name)) as archive:
            return {member: archive.read(member) for member in archive.namelist()}

    return files


@pytest.fixture
def kept(tmp_path):
    """A copy of a bad input that a test may damage."""

    def copy(name: str) -> Path:
        return Path(shutil.copyfile(KEPT / name, tmp_path / Path(name).name))

    return copy
