"""Commands about the store's health: backup, restore, doctor."""

# Commands import what they need when they run: `--help` must not wait for the map's libraries.
# ruff: noqa: PLC0415

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from geo.cli.shared import Json, Store, say
from geo.settings import read_settings

app = typer.Typer()


@app.command()
def backup(file: Path, store: Store = None, as_json: Json = False) -> None:
    """Copy the store to a file and check the copy; others may write meanwhile. Example: conflictmap backup monday.sqlite"""
    from geo.store.backup import backup_store

    made = backup_store(_path(store), file)
    say(asdict(made), as_json, lambda: [f"{made.file}: checked, up to change {made.seq}."])


@app.command()
def restore(file: Path, store: Store = None, as_json: Json = False) -> None:
    """Put a backup in the place of the store, which is kept beside it. Example: conflictmap restore monday.sqlite"""
    from geo.store.backup import restore_store

    done = restore_store(_path(store), file)
    result = {
        "file": str(file),
        "revision": done.seq,
        "replaced": str(done.replaced) if done.replaced else None,
    }
    kept = f" The store it replaced is kept as {done.replaced}." if done.replaced else ""
    say(result, as_json, lambda: [f"{file} is the store now, up to change {done.seq}.{kept}"])


@app.command()
def doctor(
    salvage: Annotated[
        Path | None, typer.Option(help="Write every row that can still be read to tables in this folder.")
    ] = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Check every page, row and change of the store; changes nothing. Example: conflictmap doctor --salvage saved"""
    from geo.store.doctor import examine, sound

    path = _path(store)
    checks = examine(path)
    result: dict[str, Any] = {"ok": sound(checks), "checks": [asdict(check) for check in checks]}
    lines = [f"{'ok ' if check.ok else 'NOT OK '} {check.name}: {check.what}" for check in checks]
    if salvage is not None:
        from geo.store.salvage import salvage as read_out

        saved = read_out(path, salvage)
        result["salvaged"] = [asdict(family) for family in saved]
        lines += [
            f"{s.file}: {s.read} revisions read, {s.altered} of them altered, {s.lost} lost" for s in saved
        ]
    say(result, as_json, lambda: lines)
    raise typer.Exit(0 if result["ok"] else 1)


def _path(store: str | None) -> Path:
    from geo.store.seed import store_path

    return store_path(read_settings(store=store).store)
