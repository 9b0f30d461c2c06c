"""Lines for people: the command line's results when no JSON is wanted."""

import shlex
from collections.abc import Mapping
from typing import Any

Result = Mapping[str, Any]


def candidate_lines(result: Result) -> list[str]:
    """What a name may mean, best first."""
    said = [f"  {problem}"] if (problem := result.get("online", {}).get("problem")) else []
    if not result["candidates"]:
        asked = f", nor with {result['online']['service']}" if "online" in result and not said else ""
        return [f"{result['query']}: not in the gazetteer{asked}", *said]
    rows = [
        f"  {c['name']} ({c['kind'] or '-'}, {c['admin0'] or '-'})  {c['lat']:.4f}, {c['lon']:.4f}  "
        f"{_which(c)}{_how_found(result['query'], c)}"
        for c in result["candidates"]
    ]
    return [f"{result['query']}:", *rows, *said]


def document_lines(document: Result) -> list[str]:
    """The places of a report, one line a mention, and the drafts of events."""
    rows = [
        f"  {t['start']:>6}  {t['name']}: {_meaning(t)}  {t['status']}, {t['confidence']:.2f}"
        for t in document["toponyms"]
    ]
    return [
        f"{document['doc_id']}: {len(rows)} place names",
        *rows,
        *(_event_line(event) for event in document["events"]),
        *(f"  note: {note['text']}" for note in document["notes"]),
        *(f"  note: {n}" for n in document["notices"]),
    ]


def _event_line(event: Result) -> str:
    """A draft of an event: day, type and place, and what must be asked."""
    line = f"  draft: {event['event_date'] or '?'}  {event['event_type'] or '?'}  {event['toponym']}"
    return f"{line}  ({event['question']})" if event["question"] else line


def diff_lines(result: Result) -> list[str]:
    """What changed hands between two days, by pair of holders and zone."""
    lines = [result["summary"], *([result["banner"]] if result["banner"] else [])]
    for change in result["changes"]:
        lines.append(f"  {change['from_party']} -> {change['to_party']}: {change['km2']:,.1f} km2")
        lines += [f"    {zone['name']}: {zone['km2']:,.1f} km2" for zone in change["by_zone"]]
    return lines


def ledger_lines(report: Result, *, dry_run: bool) -> list[str]:
    """The row ledger of an import and each issue with its line."""
    counts = ", ".join(f"{report[kind]} {kind}" for kind in ("added", "changed", "unchanged", "rejected"))
    ledger = f"{report['file']}: {report['read']} rows read = {counts}; {report['unplaced']} without a place"
    issues = [
        f"  line {i['line']}, {i['column'] or 'row'}{' = ' + repr(i['value']) if i['value'] else ''}: {i['reason']}"
        f"{' (' + i['fix'] + ')' if i['fix'] else ''}"
        for i in report["issues"]
    ]
    end = (
        "Nothing was written."
        if dry_run or report["questions"]
        else f"Import {report['import_id'] or 'not needed: nothing is new'}."
    )
    notes = [f"  {note}" for note in (*report["normalised"], *report["notes"])]
    return [ledger, *notes, *issues, end]


def question_lines(report: Result) -> list[str]:
    """Each open question with its answers, and how to give one."""
    lines = []
    for question in report["questions"]:
        lines.append(f"Question ({question['code']}): {question['text']}")
        lines += [
            f"  --answer {shlex.quote(question['key'] + '=' + option['value'])}   {option['label']}"
            f"{'   ' + option['sample'] if option['sample'] else ''}"
            for option in question["options"]
        ]
    return lines


def moved_lines(result: Result, *, rows: int, done: str) -> list[str]:
    """What an undo or redo did, and the rows that it left alone."""
    more = result["kept_total"] - len(result["kept"])
    if rows:
        first = f"{rows} rows {done}."
    elif result["kept_total"]:
        first = f"Nothing was written: all {result['kept_total']} rows were edited since; --force moves them, too."
    else:
        first = "Nothing was written: no row had to be moved."
    return [
        first,
        *(f"kept, edited since: {label}" for label in result["kept"]),
        *([f"and {more} more"] if more else []),
    ]


def entry_line(entry: Result) -> str:
    """One line of the history."""
    counts = ", ".join(f"{n} {kind}" for kind, n in entry["counts"].items() if n)
    kept = f", {entry['kept']} rows kept" if entry["kept"] else ""
    undone = f" (undone{kept})" if entry["undone"] else ""
    return (
        f"{entry['seq']:>5}  {entry['recorded_at'][:19]}  {entry['recorded_by']}  {entry['action']}  "
        f"{entry['import_id']}  {entry['file']}  {counts}{undone}"
    )


def snapshot_lines(result: Result) -> list[str]:
    """The figures of a day."""
    deaths = result["fatalities"]
    return [
        f"{result['as_of']}, events from {result['window']['from']}",
        *(f"  {party}: {km2:,.0f} km2" for party, km2 in result["areas_km2"].items()),
        f"  contested: {result['contested_km2']:,.0f} km2",
        f"  posts: {result['posts']}",
        f"  events: {result['events']} ({result['events_unplaced']} without a place)",
        f"  deaths: {deaths['low']} to {deaths['high']}; events without figures: {deaths['events_without_figures']}",
    ]


def _which(candidate: Result) -> str:
    """The id and score of a place; of a suggestion of a service who made it, and the reasons to look twice."""
    if candidate["method"] == "online":
        doubts = f" ({'; '.join(candidate['doubts'])})" if candidate["doubts"] else ""
        return f"suggested online by {candidate['source']}{doubts}"
    return f"{candidate['place_id']}  score {candidate['score']}"


def _how_found(query: str, candidate: Result) -> str:
    """How another name than the one asked for led to a place; empty for the very name."""
    if candidate["method"] in ("exact", "online"):
        return ""
    if candidate["method"] == "prefix":
        return f"  {candidate['matched_name']} begins with {query}"
    return f"  {candidate['matched_name']} is similar to {query} ({candidate['terms']['similarity']:.0%})"


def _meaning(toponym: Result) -> str:
    if toponym["place_id"] is None:
        choices = ", ".join(c["place_id"] for c in toponym["alternatives"])
        return choices or "unknown"
    where = (
        "drawn as an area" if toponym["geo_precision"] == 3 else f"{toponym['lat']:.4f}, {toponym['lon']:.4f}"
    )
    return f"{toponym['place_id']} ({toponym['kind']}, {where})"
