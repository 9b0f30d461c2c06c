"""Rules that hold for every file, so that no review has to look for them."""

import ast
import re
import subprocess
import sys
from functools import cache

import pytest

from geo.settings import ROOT

LONGEST_FILE = 300
LONGER: set[str] = set()
"""Files that are longer for now; a file that has become short must leave this list."""
OUR_CODE = ("geo", "ui")


def tracked():
    """Every file that is, or is about to be, under version control."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


FILES = tracked()
PYTHON = [path for path in FILES if path.suffix == ".py"]


def named(path):
    return path.relative_to(ROOT).as_posix()


def under(*folders, suffixes=(".py",)):
    return [
        path
        for path in FILES
        if path.suffix in suffixes and named(path).startswith(tuple(f"{f}/" for f in folders))
    ]


@cache
def imported_by(path):
    """The top-level packages that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def importers_of(*packages):
    files = [*under(*OUR_CODE), ROOT / "app.py"]
    return {named(path) for path in files if imported_by(path) & set(packages)}


def test_the_rules_look_at_real_files():
    assert {"geo/view.py", "ui/main.py", "app.py"} <= {named(path) for path in PYTHON}
    assert len(under("web/src", suffixes=(".js",))) > 10


@pytest.mark.parametrize(
    "way",
    [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "createContextualFragment",
    ],
)
def test_the_browser_code_has_no_way_from_text_to_markup_or_code(way):
    assert [
        named(path) for path in under("web/src", suffixes=(".js",)) if way in path.read_text("utf-8")
    ] == []


def test_no_page_lets_streamlit_read_html():
    assert [
        named(path)
        for path in under("ui")
        if re.search(r"unsafe_allow_html|components\.v1\.html", path.read_text("utf-8"))
    ] == []


@pytest.mark.parametrize(
    ("packages", "homes"),
    [
        (("folium", "branca", "jinja2"), ("geo/layers/", "geo/mapview.py")),
        (("streamlit",), ("ui/", "app.py")),
        (("starlette", "uvicorn"), ("ui/", "app.py")),
        (("sqlalchemy",), ("geo/store/",)),
        (("geopy",), ("geo/geocode/",)),
        (("matplotlib",), ("geo/briefing/",)),
        (("altair", "vl_convert"), ("ui/",)),
        (("mapclassify",), ("geo/statistics/",)),
        (("typer", "click"), ("geo/cli/", "geo/cli.py")),
    ],
    ids=lambda value: value[0],
)
def test_a_library_is_imported_only_where_it_lives(packages, homes):
    assert {name for name in importers_of(*packages) if not name.startswith(homes)} == set()


@pytest.mark.parametrize(
    "packages", [("requests",), ("httpx",), ("urllib3",), ("aiohttp",), ("socket",), ("pickle",)]
)
def test_the_program_has_no_way_to_the_network_and_reads_no_pickle(packages):
    assert importers_of(*packages) == set()


def test_addresses_are_taken_apart_but_never_opened():
    assert [named(path) for path in under(*OUR_CODE) if "urllib.request" in path.read_text("utf-8")] == []


def test_no_source_file_is_longer_than_300_lines():
    files = [*under(*OUR_CODE), *under("web/src", suffixes=(".js", ".css"))]
    long = {named(path) for path in files if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE}
    assert long == LONGER


def test_the_command_line_starts_without_the_maps_libraries():
    heavy = ("streamlit", "folium", "geopandas", "matplotlib", "pandas", "sqlalchemy")
    script = f"import sys, geo.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home)/\w|[A-Z]:\\\\Users")
REGISTRY = re.compile(
    r"files\.pythonhosted\.org|pypi\.org|registry\.npmjs\.org|\bnpmjs\.com|proxy\.golang\.org|artifactory",
    re.IGNORECASE,
)
OWN = "tests/architecture/test_rules.py"


@pytest.mark.parametrize("what", [MACHINE, REGISTRY], ids=["machine paths", "registry hosts"])
def test_no_file_under_version_control_names_a_machine_or_a_registry(what):
    found = []
    for path in FILES:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [
            f"{named(path)}: {hit.group()}" for hit in [what.search(text)] if hit and named(path) != OWN
        ]
    assert found == []
