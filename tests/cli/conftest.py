"""A store of one's own, and commands run as from a shell."""

import json
import shutil

import pytest

from geo import cli


@pytest.fixture
def store(desk_template, tmp_path, monkeypatch):
    """The address of a seeded store; boundaries are read once for all tests of a session."""
    shutil.copyfile(desk_template.settings.store.removeprefix("sqlite:///"), tmp_path / "store.sqlite")
    layers = desk_template.admin_layers
    monkeypatch.setattr("geo.workflows.desk.kept_admin_layers", lambda _: layers)
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


@pytest.fixture
def run(store, capsys):
    """Run a command and give its exit code and what it printed."""

    def run_command(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return ended.value.code, printed.out, printed.err

    return run_command


@pytest.fixture
def run_json(run):
    """Run a command with --json: exactly one object on stdout."""

    def run_command(*arguments):
        code, out, _ = run(*arguments, "--json")
        assert out.count("\n") == 1
        return code, json.loads(out)

    return run_command


@pytest.fixture
def file_of(tmp_path):
    def write(content, name="new.csv"):
        path = tmp_path / name
        path.write_bytes(
            content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape")
        )
        return path

    return write
