"""What is kept in ``var/`` is what would be made again."""

from dataclasses import replace

import numpy as np
import pytest

from geo.boundaries.assign import assign
from geo.workflows.kept import kept_admin_layers


@pytest.fixture
def settings(desk_template, tmp_path):
    return replace(desk_template.settings, var_dir=tmp_path)


def test_kept_boundaries_give_the_units_of_those_just_read(settings):
    chance = np.random.default_rng(3)
    lon, lat = chance.uniform(-180, 180, 4000), chance.uniform(-60, 80, 4000)
    made, kept = kept_admin_layers(settings), kept_admin_layers(settings)
    assert made is not kept
    assert assign(lon, lat, layers=kept).equals(assign(lon, lat, layers=made))
    assert assign([46.75], [39.82], layers=kept)["admin1"].item()


@pytest.mark.parametrize("damage", ["", "{", '{"world": 3}', '{"world": {"name": []}}'])
def test_a_damaged_file_is_made_again(settings, damage):
    kept_admin_layers(settings)
    (path,) = settings.var_dir.glob("pieces-*.json")
    whole = path.read_text("ascii")
    path.write_text(damage, "ascii")
    kept_admin_layers(settings)
    assert path.read_text("ascii") == whole
