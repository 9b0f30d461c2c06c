"""Commands about days: snapshot, diff, brief."""

# Commands import what they need when they run: `--help` must not wait for the map's libraries.
# ruff: noqa: PLC0415

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from geo.cli.shared import Json, Store, day_or_none, open_desk, required_day, say
from geo.cli.text import diff_lines, snapshot_lines

app = typer.Typer()


@app.command()
def snapshot(
    as_of: Annotated[str, typer.Option("--as-of", help="The day shown, YYYY-MM-DD.")],
    first: Annotated[str | None, typer.Option("--from", help="First day of the event window.")] = None,
    known_at: Annotated[str | None, typer.Option(help="As known at this time (ISO 8601, UTC).")] = None,
    filter_: Annotated[
        list[str] | None, typer.Option("--filter", help="type=…, party=… or confidence=….")
    ] = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """The figures of a day. Example: conflictmap snapshot --as-of 2021-01-01 --json"""
    from geo.view import filters_from_words
    from geo.workflows.figures import instant, snapshot_json, snapshot_of_days

    moment = instant(known_at) if known_at else None
    desk = open_desk(store)
    shown = snapshot_of_days(
        desk,
        as_of=required_day(as_of, "--as-of"),
        first=day_or_none(first, "--from"),
        filters=filters_from_words(filter_ or [], parties=desk.model().party_codes),
        known_at=moment,
    )
    result = snapshot_json(shown, known_at=moment)
    say(result, as_json, lambda: snapshot_lines(result))


@app.command()
def diff(
    first: Annotated[str, typer.Argument(metavar="FROM", help="The earlier day, YYYY-MM-DD.")],
    second: Annotated[str, typer.Argument(metavar="TO", help="The later day, YYYY-MM-DD.")],
    known_at: Annotated[str | None, typer.Option(help="As known at this time (ISO 8601, UTC).")] = None,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """What changed hands between two days. Example: conflictmap diff 2020-09-26 2020-12-20 --json"""
    from geo.workflows.comparing import compared, comparison_json
    from geo.workflows.figures import instant

    days = required_day(first, "FROM"), required_day(second, "TO")
    desk = open_desk(store)
    revision = desk.store.known_at(instant(known_at)) if known_at else None
    result = comparison_json(compared(desk, *days, revision=revision), desk.situation)
    say(result, as_json, lambda: diff_lines(result))


@app.command()
def brief(
    out: Annotated[Path, typer.Option("-o", "--out", help="File to write.")],
    as_of: Annotated[str, typer.Option("--as-of", help="The day shown, YYYY-MM-DD.")],
    since: Annotated[str | None, typer.Option(help="First day of the event window.")] = None,
    extent: Annotated[str | None, typer.Option(help="W,S,E,N in degrees.")] = None,
    fmt: Annotated[
        str | None, typer.Option("--format", help="png, pdf or svg; else from the file's ending.")
    ] = None,
    size: Annotated[str, typer.Option(help="a4, a3 or 16:9.")] = "a4",
    title: Annotated[str | None, typer.Option(help="Title of the sheet.")] = None,
    marking: Annotated[str, typer.Option(help="Handling: a TLP 2.0 word or free text.")] = "TLP:CLEAR",
    store: Store = None,
    as_json: Json = False,
) -> None:
    """A briefing sheet of a day. Example: conflictmap brief --as-of 2021-01-01 -o sheet.pdf"""
    from geo.workflows.briefs import Wish, extent_of, write_brief
    from geo.workflows.figures import snapshot_of_days

    desk = open_desk(store)
    shown = snapshot_of_days(desk, as_of=required_day(as_of, "--as-of"), first=day_or_none(since, "--since"))
    area = extent_of(extent) if extent else None
    wish = Wish(made_at=datetime.now(UTC), title=title, marking=marking, size=size, extent=area)
    result = write_brief(desk, shown, out, fmt=fmt, wish=wish)
    say(
        result,
        as_json,
        lambda: [f"{result['file']} written.", *(f"draft: {f['what']}" for f in result["lint"])],
    )
