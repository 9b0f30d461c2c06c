"""Commands about places: geocode, geoparse, gazetteer."""

# Commands import what they need when they run: `--help` must not wait for the map's libraries.
# ruff: noqa: PLC0415

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.shared import (
    Json,
    Store,
    clean,
    day_or_none,
    json_line,
    open_desk,
    open_gazetteer,
    progress,
    say,
)
from geo.cli.text import candidate_lines, document_lines
from geo.errors import SettingError
from geo.settings import read_settings

if TYPE_CHECKING:
    from geo.gazetteer.lookup import Gazetteer
    from geo.workflows.geocoding import AskOnline

app = typer.Typer()
gazetteer_app = typer.Typer(no_args_is_help=True, help="The offline list of places.")
app.add_typer(gazetteer_app, name="gazetteer")


@app.command()
def geocode(
    names: Annotated[list[str], typer.Argument(help="Place names in any script.")],
    country: Annotated[str | None, typer.Option(help="Only this country (ISO code).")] = None,
    lang: Annotated[str | None, typer.Option(help="Show names in this language: az, hy, ru, en.")] = None,
    near: Annotated[str | None, typer.Option(help="LON,LAT: places close to it come first.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=100)] = 5,
    fuzzy: Annotated[
        bool | None,
        typer.Option(
            "--fuzzy/--no-fuzzy",
            help="Also similar and longer names, or never; without this, when nobody bears the name.",
        ),
    ] = None,
    online: Annotated[
        bool,
        typer.Option(help="Send names that nobody here bears to the service in CONFLICTMAP_GEOCODER."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Look names up offline. Example: conflictmap geocode Stepanakert Xankəndi --json"""
    from geo.workflows.geocoding import geocoded, position_of

    position = position_of(near) if near else None
    result = geocoded(
        open_gazetteer(),
        names,
        country=country,
        language=lang,
        near=position,
        limit=limit,
        fuzzy=fuzzy,
        ask_online=_online(country) if online else None,
    )
    say(result, as_json, lambda: [line for r in result["results"] for line in candidate_lines(r)])


def _online(country: str | None) -> "AskOnline":
    """How to ask the service that is turned on; the flag --online is the consent."""
    from geo.workflows.online import online_geocoder, suggested

    return partial(suggested, online_geocoder(read_settings()), country=country)


@app.command()
def geoparse(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Reports as .txt, .md, .html, .pdf or .docx.")
    ] = None,
    report_date: Annotated[str | None, typer.Option(help="Day of the report, YYYY-MM-DD.")] = None,
    context: Annotated[str, typer.Option(help="Countries that it is about, as ISO codes: AZ,AM.")] = "",
    jsonl: Annotated[
        Path | None, typer.Option(help="One document per line: doc_id, text, toponyms; - is standard input.")
    ] = None,
    given: Annotated[bool, typer.Option(help="With --jsonl: resolve exactly the toponyms given.")] = False,
    store: Store = None,
    as_json: Json = False,
) -> None:
    """Find and resolve the places of reports. Example: conflictmap geoparse report.txt --json"""
    from geo.geoparse.suggest import suggester
    from geo.workflows.jsonlines import opened_lines, parsed_lines

    gazetteer = open_gazetteer()
    countries = _countries(gazetteer, context)
    if jsonl is not None:
        suggest = suggester(read_settings().ner)
        refused = 0
        with opened_lines(jsonl) as (lines, name):
            for line in parsed_lines(
                gazetteer, lines, name=name, given=given, context=countries, suggest=suggest
            ):
                refused += "error" in line
                print(json_line(line), flush=True)
        raise typer.Exit(1 if refused else 0)
    if not files:
        raise SettingError("Name at least one report file, or --jsonl FILE.")
    from geo.workflows.documents import parsed_documents

    day = day_or_none(report_date, "--report-date")
    desk = open_desk(store)
    documents, refused_files = parsed_documents(desk, files, context=countries, report_date=day)
    result = {"documents": documents, "refused": refused_files}
    say(result, as_json, lambda: [line for d in documents for line in document_lines(d)])
    for one in refused_files if not as_json else ():
        print(clean(f"{one['file']}: {one['error']}"), file=sys.stderr)
    raise typer.Exit(1 if refused_files else 0)


def _countries(gazetteer: "Gazetteer", context: str) -> list[str]:
    """The codes that --context gives."""
    from geo.workflows.geocoding import checked_country

    try:
        return [checked_country(gazetteer, code.strip()) for code in context.split(",") if code.strip()]
    except SettingError as error:
        raise SettingError(f"--context: {error}") from error


@gazetteer_app.command("build")
def gazetteer_build(
    if_needed: Annotated[
        bool, typer.Option("--if-needed", help="Do nothing when the sources are unchanged.")
    ] = False,
    geonames: Annotated[
        list[Path] | None, typer.Option(help="A GeoNames country file (SY.zip) to add; repeatable.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Build the gazetteer file. Example: conflictmap gazetteer build"""
    from geo.gazetteer.build import gazetteer_is_current, write_gazetteer

    settings = read_settings()
    if if_needed and geonames:
        raise SettingError(
            "--if-needed builds from the packaged sources only: leave it out to add --geonames files."
        )
    if not (if_needed and gazetteer_is_current(settings.gazetteer, data_dir=settings.data_dir)):
        write_gazetteer(
            settings.gazetteer, data_dir=settings.data_dir, progress=progress, geonames=geonames or ()
        )
    gazetteer_info(as_json=as_json)


@gazetteer_app.command("info")
def gazetteer_info(as_json: Json = False) -> None:
    """What the gazetteer holds. Example: conflictmap gazetteer info --json"""
    info = open_gazetteer().info()
    result = {
        "places": info.places,
        "names": info.names,
        "path": str(info.path),
        "built_at": info.built_at.isoformat(timespec="seconds"),
        "sources": list(info.sources),
    }
    say(
        result,
        as_json,
        lambda: [f"{info.places} places under {info.names} names in {info.path}", *info.sources],
    )
