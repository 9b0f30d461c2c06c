"""The import command: what the import page does, for files of any size."""

# Commands import what they need when they run: `--help` must not wait for the map's libraries.
# ruff: noqa: PLC0415

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli.shared import Json, Store, clean, open_desk, pairs, say
from geo.cli.text import ledger_lines, question_lines
from geo.errors import InputRefused, SettingError

if TYPE_CHECKING:
    from geo.workflows.previews import Preview

app = typer.Typer()
_SAMPLE_BYTES = 1_000_000


@app.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            help="A table (CSV, TSV, XLSX) or layer (GeoJSON, GeoPackage, KML, zipped shapefile)."
        ),
    ],
    family: Annotated[str, typer.Option("--as", help="auto, events, posts, zones or lines.")] = "auto",
    fmt: Annotated[
        str | None,
        typer.Option("--format", help="acled, ucdp or geoconfirmed, where the columns do not tell."),
    ] = None,
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help="col=field: the file's column for one of ours; repeatable."),
    ] = None,
    answer: Annotated[
        list[str] | None, typer.Option(help="question=value, for a question that was asked; repeatable.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and count; write nothing.")] = False,
    rejects: Annotated[
        Path | None, typer.Option(help="Write the rejected rows with line and reason to this CSV.")
    ] = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Import rows: all good ones in one transaction. Example: conflictmap import new.csv --dry-run"""
    from geo.workflows.importing import IMPORTABLE, commit_import, import_refused, preview_import
    from geo.workflows.json_forms import case_json, import_json, question_json
    from geo.workflows.rejects import write_rejects

    if family not in IMPORTABLE:
        raise SettingError(f"--as {family[:40]!r} cannot be imported: use {', '.join(IMPORTABLE)}.")
    answers = _answers(answer, map_, fmt)
    desk = open_desk(store)
    try:
        _check_readable(file)
        if rejects is not None and rejects.exists() and rejects.samefile(file):
            raise SettingError("--rejects names the file that is imported: name another one.")
        with _progress(file) as tick:
            preview = preview_import(desk, file, name=file.name, family=family, answers=answers, tick=tick)
    except InputRefused as error:
        say(
            import_refused(error, name=file.name) | {"questions": [], "open_names": [], "notes": []},
            as_json,
            list,
        )
        print(clean(str(error)), file=sys.stderr)
        raise typer.Exit(error.exit_code) from None
    if rejects is not None:
        write_rejects(rejects, preview)
    report = preview.report if dry_run or preview.questions else commit_import(desk, preview)
    result = import_json(report) | {"questions": [question_json(question) for question in preview.questions]}
    result["open_names"] = [case_json(case) for case in preview.open_names]
    result["notes"] = [note.text for note in preview.notes if note.weight == "said"]
    if as_json:
        for line in question_lines(result):
            print(clean(line), file=sys.stderr)
    if preview.gone:
        result["gone"] = list(preview.gone)
    say(result, as_json, lambda: [*ledger_lines(result, dry_run=dry_run), *question_lines(result)])
    raise typer.Exit(_exit_code(preview))


def _answers(answer: list[str] | None, map_: list[str] | None, fmt: str | None) -> dict[str, str]:
    columns = [(f"column:{field}", column) for column, field in pairs(map_, option="--map")]
    given = [*pairs(answer), *columns, *([("format", fmt)] if fmt else [])]
    answers: dict[str, str] = {}
    for key, value in given:
        if answers.setdefault(key, value) != value:
            raise SettingError(f"{key[:60]} is answered twice, in two ways: give one answer.")
    return answers


def _check_readable(file: Path) -> None:
    try:
        if file.exists() and not file.is_file():  # a pipe can be read once, and a file is read twice
            raise InputRefused(f"{file} is a folder or pipe, not a file: name a file.", code="unreadable")
        with file.open("rb"):
            return
    except OSError as error:
        raise InputRefused(
            f"{file} cannot be read ({error.strerror}): check the name.", code="unreadable"
        ) from error


def _exit_code(preview: "Preview") -> int:
    if preview.questions:
        return 3
    return 1 if preview.report.rejected else 0


@contextmanager
def _progress(file: Path) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, from an estimate of the file's rows; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(
        length=_estimated_rows(file), label=f"{clean(file.name)[:40]}", file=sys.stderr, show_pos=True
    ) as bar:
        yield _ticking(bar)


def _ticking(bar: Any) -> Callable[[int], None]:
    def tick(rows: int) -> None:
        bar.length = max(bar.length, bar.pos + rows)  # the estimate was short
        bar.update(rows)

    return tick


def _estimated_rows(file: Path) -> int:
    with file.open("rb") as opened:
        sample = opened.read(_SAMPLE_BYTES)
    lines = max(1, sample.count(b"\n"))
    return max(1, round(file.stat().st_size / max(1, len(sample)) * lines))
