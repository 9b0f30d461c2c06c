"""Make the geoparser's word lists again: ``python data/build/wordlists.py WORKDIR``.

Everyday words come from SCOWL, as in the Debian packages wamerican-small and wamerican; names of persons
from the 1990 census of the United States (public domain), as in the Python package ``names``. What they
give is written straight into ``geo/geoparse/lists/``.
"""

import subprocess
import sys
import tarfile
from collections.abc import Iterable
from pathlib import Path

LISTS = Path(__file__).resolve().parents[2] / "geo" / "geoparse" / "lists"
MOST_SURNAMES = 20_000
"""The others are borne by fewer than one in two hundred thousand people."""
WIDTH = 118


def main() -> int:
    """Fetch the packages into WORKDIR and write the lists."""
    workdir = Path(sys.argv[1])
    small, normal = (dictionary(workdir, package) for package in ("wamerican-small", "wamerican"))
    write(
        LISTS / "dictionary.txt",
        "Everyday English words in small letters, from SCOWL (Debian wamerican-small, wamerican); licence in ATTRIBUTION.md.",
        {"frequent": sorted(small), "known": sorted(normal - small)},
    )
    given = census(workdir, "female.first") + census(workdir, "male.first")
    write(
        LISTS / "census_names.txt",
        "Names of persons in the census of the United States of 1990 (public domain), the most frequent first.",
        {"given": dict.fromkeys(given), "surnames": census(workdir, "all.last")[:MOST_SURNAMES]},
    )
    return 0


def dictionary(workdir: Path, package: str) -> set[str]:
    """The words that the package writes in small letters, without possessives."""
    if not list(workdir.glob(f"{package}_*.deb")):
        subprocess.run(["apt-get", "download", package], cwd=workdir, check=True)
    archive = max(workdir.glob(f"{package}_*.deb"))
    subprocess.run(["dpkg-deb", "--extract", str(archive), package], cwd=workdir, check=True)
    name = "american-english-small" if package.endswith("small") else "american-english"
    text = (workdir / package / "usr/share/dict" / name).read_text(encoding="utf-8")
    return {word for word in text.split() if word.islower() and word.isalpha() and len(word) > 1}


def census(workdir: Path, table: str) -> list[str]:
    """The names of one table, in order of frequency, in small letters."""
    if not list(workdir.glob("names-*.tar.gz")):
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--no-deps",
            "--no-binary",
            ":all:",
            "names==0.3.0",
        ]
        subprocess.run(command, cwd=workdir, check=True)
    with tarfile.open(max(workdir.glob("names-*.tar.gz"))) as archive:
        handle = archive.extractfile(f"names-0.3.0/names/dist.{table}")
        if handle is None:
            raise FileNotFoundError(f"names-0.3.0 holds no table {table}")
        rows = handle.read().decode("ascii").splitlines()
    return [row.split()[0].lower() for row in rows if row.strip()]


def write(path: Path, comment: str, sections: dict[str, Iterable[str]]) -> None:
    """One list with its sections; words are wrapped so that a change shows in a few lines."""
    lines = [f"# {comment}"]
    for heading, words in sections.items():
        lines.append(f"[{heading}]")
        line = ""
        for word in words:
            if len(line) + len(word) >= WIDTH:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
