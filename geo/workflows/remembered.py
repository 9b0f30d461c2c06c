"""Answers that are not asked twice: columns by a file's header, places by name; who gave each. One JSON file beside the store.

They are wishes, not truth: each use is named in the preview, and another answer replaces it.
"""

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.files import write_whole
from geo.settings import Settings
from geo.store.seed import store_path
from geo.store.traces import beside

_BY_HEADER = ("column:", "type:", "format")
_BY_NAME = "place:"
MOST = 5_000
"""Answers of a kind that are kept; the oldest go."""


@dataclass(frozen=True, slots=True)
class _Kept:
    columns: dict[str, dict[str, str]]
    places: dict[str, str]
    by: dict[str, str]
    """Who answered, by the name or the header."""


def read_answers(settings: Settings, *, fingerprint: str) -> tuple[dict[str, str], dict[str, str]]:
    """Answers given before for place names anywhere, and for files with this header."""
    kept = _read(_path(settings))
    by_header = kept.columns.get(fingerprint, {})
    return (
        {key: value for key, value in kept.places.items() if key.startswith(_BY_NAME)},
        {key: value for key, value in by_header.items() if key.startswith((*_BY_HEADER, _BY_NAME))},
    )


def answered_by(settings: Settings, *, fingerprint: str) -> str:
    """Who gave the last answers for files with this header; empty if nobody is known."""
    return _read(_path(settings)).by.get(fingerprint, "")


def write_answers(
    settings: Settings,
    answers: Mapping[str, str],
    *,
    fingerprint: str,
    recorded_by: str,
    on_points: Collection[str] = (),
) -> None:
    """Keep the answers that will fit the next file of this kind; a store on a read-only disk keeps none.

    Answers that changed rows with a point (``on_points``) are kept for this header, other places for all files.
    """
    path = _path(settings)
    columns = {k: value for k, value in answers.items() if k.startswith(_BY_HEADER) or k in on_points}
    places = {k: value for k, value in answers.items() if k.startswith(_BY_NAME) and k not in columns}
    if not columns and not places:
        return
    kept = _read(path)
    by_header = {fingerprint: columns} if columns else {}
    _write(
        path,
        columns=_newest_last(kept.columns, by_header),
        places=_newest_last(kept.places, places),
        by={**kept.by, **dict.fromkeys((*by_header, *places), recorded_by)},
    )


def forget_places(settings: Settings, keys: Collection[str]) -> None:
    """Drop what was kept for these place names for all files."""
    path = _path(settings)
    kept = _read(path)
    places = {key: value for key, value in kept.places.items() if key not in keys}
    if len(places) < len(kept.places):
        _write(path, columns=kept.columns, places=places, by=kept.by)


def _write(
    path: Path, *, columns: Mapping[str, Any], places: Mapping[str, str], by: Mapping[str, str]
) -> None:
    """Names of people stay for what is still kept."""
    told = {key: who for key, who in by.items() if key in columns or key in places}
    kept = {"columns": columns, "places": places, "by": told}
    with suppress(OSError):
        write_whole(path, json.dumps(kept, ensure_ascii=False, indent=1))


def _newest_last(kept: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """The newest answers of both; one that is given again counts as new."""
    return dict(list({**{key: kept[key] for key in kept if key not in new}, **new}.items())[-MOST:])


def _path(settings: Settings) -> Path:
    return beside(store_path(settings.store), ".answers.json")


def _read(path: Path) -> _Kept:
    """What is kept; a file that is missing or damaged keeps nothing."""
    with suppress(OSError, ValueError, TypeError, AttributeError, KeyError, RecursionError):
        kept = json.loads(path.read_text("utf-8"))
        columns = {str(mark): _texts(answers) for mark, answers in kept["columns"].items()}
        return _Kept(columns, _texts(kept["places"]), _texts(kept.get("by", {})))
    return _Kept({}, {}, {})


def _texts(answers: Mapping[str, str]) -> dict[str, str]:
    return {str(key): str(value) for key, value in answers.items()}
