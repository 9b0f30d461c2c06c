"""The dashboard in Streamlit's own test runner, with a store of its own."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ui import desk as shared

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("CONFLICTMAP_STORE", f"sqlite:///{tmp_path / 'store.sqlite'}")
    shared.desk.cache_clear()
    yield AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
    shared.desk.cache_clear()
