"""Training is tried on the gazetteer that the set-up built."""

import pytest


@pytest.fixture(scope="session")
def gazetteer(desk_template):
    return desk_template.gazetteer
