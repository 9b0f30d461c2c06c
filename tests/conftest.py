"""What every test gets: a store, a user and a desk of its own, and no way to real data."""

import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from geo.settings import ROOT, read_settings
from geo.workflows.desk import Desk

pytest_plugins = ("badinputs",)
SHARED = ("situation", "gazetteer", "admin_layers", "areas", "labels")
"""What a desk reads from files that no test writes."""

# A slow machine is no fault of the code: how long things take is measured in bench/.
settings.register_profile("ours", deadline=None)
settings.load_profile("ours")


@pytest.fixture(autouse=True)
def _own_store(tmp_path, monkeypatch):
    """No test touches the store or the name of the person who runs it."""
    monkeypatch.setenv("CONFLICTMAP_STORE", f"sqlite:///{tmp_path / 'store.sqlite'}")
    monkeypatch.setenv("CONFLICTMAP_USER", "tester")
    for name in ("CONFLICTMAP_DATA", "CONFLICTMAP_VAR", "CONFLICTMAP_WEB"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def repo():
    return ROOT


@pytest.fixture(scope="session")
def desk_template(tmp_path_factory):
    """A desk over a freshly seeded store, for tests that only read."""
    folder = tmp_path_factory.mktemp("desk")
    made = Desk(_settings(folder / "store.sqlite"))
    if not made.settings.gazetteer.is_file():
        pytest.fail(f"{made.settings.gazetteer} is missing: run scripts/test once, it builds the gazetteer.")
    assert made.store.revision() == 1
    yield made
    made.store.close()
    made.gazetteer.close()


@pytest.fixture
def desk(desk_template, tmp_path):
    """A desk over its own copy of the seeded store, for tests that write."""
    path = tmp_path / "desk.sqlite"
    shutil.copyfile(desk_template.settings.store.removeprefix("sqlite:///"), path)
    made = Desk(_settings(path))
    for name in SHARED:
        made.__dict__[name] = getattr(desk_template, name)
    yield made
    made.store.close()


def _settings(path: Path):
    return read_settings({"CONFLICTMAP_STORE": f"sqlite:///{path}", "CONFLICTMAP_USER": "tester"})
