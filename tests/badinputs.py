"""The bad inputs: small ones are kept, large ones are made when they are needed."""

import csv
import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

KEPT = Path(__file__).parent / "data" / "badinputs"
NULS = b"\0" * (190 << 20)


def manifest(*groups: str) -> list[dict[str, str]]:
    """The manifest's lines about the files of some groups."""
    with (KEPT / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return [line for line in csv.DictReader(file) if line["file"].partition("/")[0] in groups]


def _wide(path: Path) -> None:
    path.write_text("," * 999_999 + "\n" + "," * 10, encoding="utf-8")


def _deep_quotes(path: Path) -> None:
    header = (KEPT / "control" / "template.csv").read_text(encoding="utf-8").splitlines()[0]
    row = "NK0001,2023-09-19,Shelling,Stepanakert,Nagorno-Karabakh,Azerbaijan,39.8153,46.7519,Agency A,"
    path.write_text(header + "\r\n" + row + '"' + '""' * 500_000 + '"', encoding="utf-8", newline="")


def _gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb") as file:
        file.write(NULS)


def _zip_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("events.csv", NULS)


def _crowd(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(12_000):
            archive.writestr(f"f{number:05}", b"")


def _one_word(path: Path) -> None:
    path.write_text("a" * 1_000_000, encoding="utf-8")


def _many_places(path: Path) -> None:
    names = ("Stepanakert" if number % 8 == 1 else "Shusha" for number in range(68_572))
    path.write_text(" ".join(names), encoding="utf-8")


def _runs(path: Path) -> None:
    path.write_text("(" * 20_000 + "a " * 20_000 + "!" + "," * 20_000, encoding="utf-8")


MADE: dict[str, Callable[[Path], None]] = {
    "csv/header_1e6_empty_columns.csv": _wide,
    "csv/deep_quotes.csv": _deep_quotes,
    "csv/bomb.csv.gz": _gzip_bomb,
    "zip/bomb_190MiB.zip": _zip_bomb,
    "zip/too_many_members.zip": _crowd,
    "text/long_no_spaces.txt": _one_word,
    "text/many_places.txt": _many_places,
    "text/redos.txt": _runs,
}


@pytest.fixture(scope="session")
def bad_input(tmp_path_factory):
    """Path of a file of the manifest, by its name there."""
    folder = tmp_path_factory.mktemp("badinputs")

    def path_of(name: str) -> Path:
        kept, made = KEPT / name, folder / name
        if kept.is_file() or made.is_file():
            return kept if kept.is_file() else made
        made.parent.mkdir(exist_ok=True)
        MADE[name](made)
        return made

    return path_of
