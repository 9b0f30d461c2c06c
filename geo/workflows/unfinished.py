"""Imports that are not committed yet: the upload and the answers so far, beside the store.

They outlive a closed browser and a restart; the preview itself is made anew from them.
"""

import json
import re
import secrets
import shutil
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import InputRefused
from geo.files import write_whole
from geo.settings import Settings
from geo.store.seed import store_path
from geo.store.traces import beside
from geo.workflows.importing import file_label

_ID = re.compile(r"[0-9a-f]{16}")
KEPT_DAYS = 14
MOST_KEPT = 20
"""Unfinished imports that are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An upload that waits: its file, its name as a label, and what was answered so far."""

    draft_id: str
    path: Path
    name: str
    family: str
    answers: Mapping[str, str]
    saved_at: float


def save_upload(settings: Settings, content: bytes, *, name: str) -> str:
    """Keep an upload under an id of its own making."""
    _sweep(settings)
    draft_id = secrets.token_hex(8)
    folder = _folder(settings) / draft_id
    folder.mkdir(parents=True)
    (folder / "upload").write_bytes(content)
    _write(folder, {"name": file_label(name), "family": "auto", "answers": {}})
    return draft_id


def read_unfinished(settings: Settings, draft_id: str) -> Unfinished:
    """The unfinished import of an id.

    Raises
    ------
    InputRefused
        There is none: it was committed, thrown away or is too old.
    """
    folder = _folder(settings) / draft_id
    with suppress(OSError, ValueError, KeyError, TypeError):
        if _ID.fullmatch(draft_id):
            facts = json.loads((folder / "draft.json").read_text("utf-8"))
            answers = {str(key): str(value) for key, value in facts["answers"].items()}
            upload = folder / "upload"
            return Unfinished(
                draft_id, upload, str(facts["name"]), str(facts["family"]), answers, upload.stat().st_mtime
            )
    raise InputRefused("This unfinished import is no longer kept: upload the file again.", code="UPL-01")


def save_answers(draft: Unfinished, answers: Mapping[str, str], *, family: str) -> None:
    """Keep what a person answered so far."""
    _write(draft.path.parent, {"name": draft.name, "family": family, "answers": dict(answers)})


def read_all_unfinished(settings: Settings) -> list[Unfinished]:
    """The unfinished imports, newest first."""
    found = []
    for folder in _folder(settings).glob("*"):
        with suppress(InputRefused):
            found.append(read_unfinished(settings, folder.name))
    return sorted(found, key=lambda draft: -draft.saved_at)


def discard(settings: Settings, draft_id: str) -> None:
    """Throw an unfinished import away."""
    if _ID.fullmatch(draft_id):
        shutil.rmtree(_folder(settings) / draft_id, ignore_errors=True)


def _folder(settings: Settings) -> Path:
    return beside(store_path(settings.store), ".drafts")


def _write(folder: Path, facts: dict[str, Any]) -> None:
    write_whole(folder / "draft.json", json.dumps(facts, ensure_ascii=False))


def _sweep(settings: Settings) -> None:
    """Drop what is too old or too much; half an upload has no facts and goes with the old ones."""
    oldest = time.time() - KEPT_DAYS * 86_400
    folders = sorted(_folder(settings).glob("*"), key=lambda folder: -folder.stat().st_mtime)
    for number, folder in enumerate(folders):
        if number >= MOST_KEPT - 1 or folder.stat().st_mtime < oldest:
            shutil.rmtree(folder, ignore_errors=True)
