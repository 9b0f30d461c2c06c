"""The store's commands: undo, redo, backup, restore, doctor."""

import json

import pytest
from making import change, event

from geo.cli import main
from geo.settings import read_settings
from geo.store.seed import open_store, store_path


@pytest.fixture
def path():
    return store_path(read_settings().store)


@pytest.fixture
def store(path, repo):
    made = open_store(f"sqlite:///{path}", data_dir=repo / "data", recorded_by="tester")
    yield made
    made.close()


@pytest.fixture
def run(capsys):
    """Runs a command; its exit code and what it printed as JSON."""

    def command(*words):
        with pytest.raises(SystemExit) as ended:
            main([*map(str, words), "--json"])
        return ended.value.code, json.loads(capsys.readouterr().out)

    return command


def test_an_import_is_undone_and_redone_and_edited_rows_are_named(store, run):
    batch = store.commit(change(event("NEW"), event("EDITED")))
    store.commit(change(event("EDITED", toponym="by hand")))
    assert run("undo", batch.import_id) == (0, {"undone": 1, "kept": ["event EDITED"], "kept_total": 1})
    assert run("redo", batch.import_id) == (0, {"redone": 1, "kept": [], "kept_total": 0})
    assert run("undo", batch.import_id, "--force") == (0, {"undone": 2, "kept": [], "kept_total": 0})


def test_an_undo_says_what_it_did_and_that_it_wrote_nothing_where_all_was_edited(store, capsys):
    batch = store.commit(change(event("A")))
    store.commit(change(event("A", toponym="by hand")))

    def said(*words):
        with pytest.raises(SystemExit):
            main([*words])
        return capsys.readouterr().out.splitlines()

    assert said("undo", batch.import_id) == [
        "Nothing was written: all 1 rows were edited since; --force moves them, too.",
        "kept, edited since: event A",
    ]
    assert said("undo", batch.import_id, "--force") == ["1 rows taken back."]


def test_the_history_tells_how_many_rows_an_undo_kept(store, run, capsys):
    batch = store.commit(change(event("A"), event("B")))
    store.commit(change(event("B", toponym="by hand")))
    run("undo", batch.import_id)
    assert next(e for e in run("history")[1]["entries"] if e["import_id"] == batch.import_id)["kept"] == 1
    with pytest.raises(SystemExit):
        main(["history"])
    assert "(undone, 1 rows kept)" in capsys.readouterr().out


def test_a_seed_is_not_undone(store, run):
    code, said = run("undo", store.history()[-1].import_id)
    assert (code, said["code"]) == (3, "seed")


def test_a_backup_is_made_and_restored_and_the_replaced_store_is_kept(store, run, tmp_path):
    file = tmp_path / "monday.sqlite"
    code, said = run("backup", file)
    assert (code, said["file"], said["seq"]) == (0, str(file), 1)
    store.commit(change(event("LATER")))
    store.close()
    code, said = run("restore", file)
    assert (code, said["revision"]) == (0, 1)
    assert said["replaced"].startswith(str(store_path(read_settings().store)))
    assert store.revision() == 1


def test_the_doctor_passes_a_sound_store(store, run):
    code, said = run("doctor")
    assert (code, said["ok"]) == (0, True)
    assert {"name", "ok", "what"} == set(said["checks"][0])


def test_the_doctor_finds_an_altered_cell_and_saves_what_can_be_read(store, path, run, tmp_path):
    with store.engine.connect() as connection:
        connection.exec_driver_sql("UPDATE events_revisions SET toponym = 'forged' WHERE rowid = 1")
    store.close()
    code, said = run("doctor", "--salvage", tmp_path / "saved")
    assert (code, said["ok"]) == (1, False)
    assert "a cell is not what was written" in str(said["checks"])
    events = next(saved for saved in said["salvaged"] if saved["family"] == "events")
    assert (events["altered"], events["lost"]) == (1, 0)


def test_a_store_that_is_not_there_is_a_finding_and_is_not_made(path, run):
    code, said = run("doctor")
    assert (code, said["ok"], path.exists()) == (1, False, False)
