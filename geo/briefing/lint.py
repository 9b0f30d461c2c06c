"""What a briefing must carry: each thing that is missing is a finding, and any finding makes it a draft."""

from datetime import date

from geo.briefing.facts import Finding, Sheet
from geo.briefing.layout import Layout
from geo.briefing.marginalia import title_fits
from geo.briefing.text import clean
from geo.briefing.words import TLP

REQUIRED = {
    "title": ("title_missing", "The sheet has no title: say in a few words what it shows."),
    "marking": ("marking_missing", "The sheet has no handling mark: choose a TLP word or write one."),
    "producer": ("producer_missing", "The situation names no producer: add it to situation.toml."),
    "number": ("number_missing", "The sheet has no map number: give it one."),
    "version": ("version_missing", "The sheet has no version: give it one."),
    "disclaimer": ("disclaimer_missing", "The situation has no disclaimer: add it to situation.toml."),
    "name_policy": ("name_policy_missing", "The situation states no name policy: add it to situation.toml."),
    "boundary_view": (
        "boundary_view_missing",
        "The situation states no boundary view: add it to situation.toml.",
    ),
    "credits": ("credits_missing", "The situation credits nobody: add the credits to situation.toml."),
    "crs": ("crs_missing", "The sheet does not name its projection."),
}


def check_sheet(sheet: Sheet, layout: Layout, *, zones_drawn: bool, anything_drawn: bool) -> list[Finding]:
    """One finding for each thing that is missing or wrong; none means that the sheet is no draft."""
    found = [
        Finding(code, what) for name, (code, what) in REQUIRED.items() if not _says(getattr(sheet, name))
    ]
    return [
        *found,
        *_check_marking(sheet),
        *_check_data(sheet, zones_drawn, anything_drawn),
        *_check_form(sheet, layout),
    ]


def _says(value: str | tuple[str, ...]) -> bool:
    return any(clean(part) for part in ((value,) if isinstance(value, str) else value))


def _check_marking(sheet: Sheet) -> list[Finding]:
    if sheet.marking.strip().upper().startswith("TLP") and sheet.marking not in TLP:
        return [
            Finding("marking_unknown", f"{sheet.marking[:40]!r} is no word of TLP 2.0: use {', '.join(TLP)}.")
        ]
    return []


def _check_data(sheet: Sheet, zones_drawn: bool, anything_drawn: bool) -> list[Finding]:
    found = []
    if anything_drawn and not sheet.sources.names:
        found.append(
            Finding("sources_missing", "No source is named for what is shown: add sources to the rows.")
        )
    if sheet.sources.rows_without:
        found.append(
            Finding(
                "source_of_row_missing",
                f"{sheet.sources.rows_without} zones, lines or posts name no source: add it to the rows.",
            )
        )
    if zones_drawn and not sheet.precision:
        found.append(
            Finding("precision_missing", "Zones are drawn and nothing says that they are approximate.")
        )
    if not anything_drawn:
        found.append(
            Finding("nothing_shown", "Nothing of this day lies on the sheet: choose another extent or day.")
        )
    return found


def _check_form(sheet: Sheet, layout: Layout) -> list[Finding]:
    found = []
    if sheet.title and not title_fits(sheet.title, layout.header.width):
        found.append(Finding("title_cut", "The title does not fit on its line: shorten it."))
    if sheet.made_at.tzinfo is None:
        found.append(
            Finding("made_at_without_zone", "The time of making has no time zone: pass an aware time.")
        )
    if sheet.as_of > _day(sheet):
        found.append(
            Finding(
                "as_of_in_future", "The day shown is later than the day of making: choose an earlier day."
            )
        )
    return found


def _day(sheet: Sheet) -> date:
    return sheet.made_at.date()
