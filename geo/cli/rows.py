"""Commands about changes: undo, redo, history."""

# Commands import what they need when they run: `--help` must not wait for the map's libraries.
# ruff: noqa: PLC0415

from typing import Annotated

import typer

from geo.cli.shared import Json, Store, open_desk, say
from geo.cli.text import entry_line, moved_lines

app = typer.Typer()
Force = Annotated[bool, typer.Option("--force", help="Also rows that were edited since.")]


@app.command()
def undo(import_id: str, force: Force = False, store: Store = None, as_json: Json = False) -> None:
    """Take an import, report, edit or deletion back. Example: conflictmap undo 3fa1c09b2e77"""
    desk = open_desk(store)
    receipt = desk.store.undo(import_id, recorded_by=desk.who(), force=force)
    result = {"undone": receipt.rows, "kept": list(receipt.kept), "kept_total": receipt.kept_total}
    say(result, as_json, lambda: moved_lines(result, rows=receipt.rows, done="taken back"))


@app.command()
def redo(import_id: str, force: Force = False, store: Store = None, as_json: Json = False) -> None:
    """Bring back what an undo took. Example: conflictmap redo 3fa1c09b2e77"""
    desk = open_desk(store)
    receipt = desk.store.redo(import_id, recorded_by=desk.who(), force=force)
    result = {"redone": receipt.rows, "kept": list(receipt.kept), "kept_total": receipt.kept_total}
    say(result, as_json, lambda: moved_lines(result, rows=receipt.rows, done="brought back"))


@app.command()
def history(
    limit: Annotated[int, typer.Option(min=1)] = 20, store: Store = None, as_json: Json = False
) -> None:
    """What was changed, newest first. Example: conflictmap history --limit 5"""
    from geo.workflows.json_forms import entry_json

    entries = [entry_json(entry) for entry in open_desk(store).store.history(limit=limit)]
    say({"entries": entries}, as_json, lambda: [entry_line(entry) for entry in entries])
