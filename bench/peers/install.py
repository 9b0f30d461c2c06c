"""Peers that are no part of this project are put beside it, into ``var/bench``, without what they depend on."""

import subprocess
import sys
from pathlib import Path

EXTRA = Path(__file__).resolve().parents[2] / "var" / "bench"


def install(*packages: str) -> None:
    """Fetch pinned packages (``name==version``) unless each is there already."""
    if all((EXTRA / package.split("==")[0].replace("-", "_")).exists() for package in packages):
        return
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(EXTRA), *packages]
    subprocess.run(command, check=True)
