"""A gazetteer small enough to be built by the tests themselves: all our places, larger towns elsewhere."""

from pathlib import Path

import pytest

from geo.gazetteer.build import write_gazetteer
from geo.gazetteer.lookup import Gazetteer

DATA = Path(__file__).parents[2] / "data"
SMALLEST_TOWN = 20_000


@pytest.fixture(scope="session")
def gazetteer_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("gazetteer") / "gazetteer.sqlite"
    write_gazetteer(path, data_dir=DATA, progress=lambda _: None, smallest_population=SMALLEST_TOWN)
    return path


@pytest.fixture(scope="session")
def gazetteer(gazetteer_path):
    with Gazetteer(gazetteer_path) as opened:
        yield opened
