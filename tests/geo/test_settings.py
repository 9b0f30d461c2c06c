from pathlib import Path

import pytest

from geo.errors import SettingError
from geo.settings import ROOT, WorkerLimits, read_settings, worker_limits


def test_defaults_stand_in_the_project_and_say_so():
    settings = read_settings({})
    assert (settings.data_dir, settings.gazetteer) == (ROOT / "data", ROOT / "var" / "gazetteer.sqlite")
    assert settings.origins["data_dir"] == "default"


def test_the_default_store_stands_in_the_users_own_folder_and_not_in_the_project():
    address = read_settings({}).store
    assert address.startswith("sqlite:///")
    assert not Path(address.removeprefix("sqlite:///")).is_relative_to(ROOT)


@pytest.mark.parametrize(
    ("variable", "name"),
    [("CONFLICTMAP_DATA", "data_dir"), ("CONFLICTMAP_VAR", "var_dir"), ("CONFLICTMAP_WEB", "web_dir")],
)
def test_the_environment_moves_a_folder(tmp_path, variable, name):
    settings = read_settings({variable: str(tmp_path)})
    assert getattr(settings, name) == tmp_path
    assert settings.origins[name] == f"environment ({variable})"


def test_the_command_line_wins_over_the_environment():
    settings = read_settings({"CONFLICTMAP_STORE": "sqlite:///one"}, store="sqlite:///other")
    assert (settings.store, settings.origins["store"]) == ("sqlite:///other", "command line")


def test_the_user_is_who_the_environment_says():
    settings = read_settings({"CONFLICTMAP_USER": "Ana"})
    assert (settings.user, settings.origins["user"]) == ("Ana", "environment (CONFLICTMAP_USER)")


def test_without_a_name_the_system_user_is_recorded():
    settings = read_settings({})
    assert settings.user
    assert settings.origins["user"] == "system user"


def test_an_empty_variable_counts_as_unset():
    assert read_settings({"CONFLICTMAP_DATA": ""}).origins["data_dir"] == "default"


def test_no_test_sees_the_store_of_the_person_who_runs_it(tmp_path):
    assert read_settings().store == f"sqlite:///{tmp_path / 'store.sqlite'}"


def test_every_setting_tells_where_it_came_from():
    settings = read_settings({})
    assert set(settings.origins) == set(settings.__slots__) - {"origins"}


def test_the_worker_has_ten_seconds_and_a_gigabyte_unless_a_setting_says_otherwise():
    assert worker_limits({}) == WorkerLimits(10, 1_024)
    more = {"CONFLICTMAP_WORKER_SECONDS": "60", "CONFLICTMAP_WORKER_MB": "4096"}
    settings = read_settings(more)
    assert (settings.worker_seconds, settings.worker_mb) == (60, 4_096)
    assert settings.origins["worker_mb"] == "environment (CONFLICTMAP_WORKER_MB)"


@pytest.mark.parametrize("text", ["0", "3601", "-1", "1.5", "ten", "\N{ARABIC-INDIC DIGIT ONE}", "9" * 5_000])
def test_a_limit_of_the_worker_that_cannot_be_is_refused_in_a_sentence(text):
    with pytest.raises(
        SettingError, match=r"CONFLICTMAP_WORKER_SECONDS: .* is no whole number from 1 to 3,600"
    ):
        read_settings({"CONFLICTMAP_WORKER_SECONDS": text})
