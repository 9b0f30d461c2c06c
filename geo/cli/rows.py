"""Commands about rows: import, undo, history."""

# Commands import what they need when they run: `--help` must not wait for the map's libraries.
# ruff: noqa: PLC0415

import sys
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.shared import Json, Store, clean, open_desk, pairs, read_file, say
from geo.cli.text import entry_line, ledger_lines
from geo.errors import InputRefused, SettingError

app = typer.Typer()


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A CSV in our own columns.")],
    family: Annotated[str, typer.Option("--as", help="events or posts.")] = "events",
    answer: Annotated[
        list[str] | None, typer.Option(help="question=value, for a question that was asked.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and count; write nothing.")] = False,
    rejects: Annotated[Path | None, typer.Option(help="Write the rejected rows' issues to this CSV.")] = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Import rows: all good ones in one transaction. Example: conflictmap import new.csv --dry-run"""
    from geo.workflows.importing import (
        IMPORTABLE,
        commit_import,
        import_refused,
        preview_import,
        write_issues,
    )
    from geo.workflows.json_forms import import_json

    if family not in IMPORTABLE:
        raise SettingError(f"--as {family[:40]!r} cannot be imported: use {' or '.join(IMPORTABLE)}.")
    content = read_file(file)
    desk = open_desk(store)
    try:
        preview = preview_import(desk, content, name=file.name, family=family, answers=pairs(answer))
    except InputRefused as error:
        say(import_refused(error, content, name=file.name), as_json, list)
        print(clean(str(error)), file=sys.stderr)
        raise typer.Exit(error.exit_code) from None
    if rejects is not None:
        write_issues(rejects, preview.report.issues)
    report = preview.report if dry_run else commit_import(desk, preview)
    say(import_json(report), as_json, lambda: ledger_lines(import_json(report), dry_run=dry_run))
    raise typer.Exit(1 if report.rejected else 0)


@app.command()
def undo(import_id: str, store: Store = None, as_json: Json = False) -> None:
    """Take an import back. Example: conflictmap undo 3fa1c09b2e77"""
    desk = open_desk(store)
    receipt = desk.store.undo(import_id, recorded_by=desk.settings.user)
    result = {"undone": receipt.undone, "kept": list(receipt.kept)}
    say(
        result,
        as_json,
        lambda: [f"{receipt.undone} rows taken back.", *(f"kept, edited since: {k}" for k in receipt.kept)],
    )


@app.command()
def history(
    limit: Annotated[int, typer.Option(min=1)] = 20, store: Store = None, as_json: Json = False
) -> None:
    """What was changed, newest first. Example: conflictmap history --limit 5"""
    from geo.workflows.json_forms import entry_json

    entries = [entry_json(entry) for entry in open_desk(store).store.history(limit=limit)]
    say({"entries": entries}, as_json, lambda: [entry_line(entry) for entry in entries])
