"""The separate process in which hostile bytes are parsed: one job in by standard input, one reply out.

Run as ``python -m geo.ingest.reading.worker``. Both are JSON; rows go to a file that the job names.
"""

import errno
import gc
import importlib
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo.errors import InputRefused, SettingError
from geo.ingest.reading import sandbox
from geo.ingest.reading.answers import Answers
from geo.ingest.reading.refusals import WORKER_MB, beyond_worker
from geo.ingest.reading.wire import Reply, refusal_reply
from geo.settings import WorkerLimits

JOBS = {
    "workbook": "geo.ingest.reading.workbook",
    "archive": "geo.ingest.reading.archive",
    "features": "geo.ingest.reading.features",
    "kml": "geo.ingest.reading.kml",
    "geopackage": "geo.ingest.reading.geopackage",
    "shapefile": "geo.ingest.reading.shapefile",
    "html": "geo.documents.hypertext",
    "pdf": "geo.documents.pdf",
    "docx": "geo.documents.word",
}
"""Each module has a function ``work(job)``."""


_FULL = {errno.EFBIG, errno.ENOSPC, errno.ENOMEM, getattr(errno, "EDQUOT", errno.ENOSPC)}


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read. ``folder`` is private and empty: rows go to ``folder / "rows"``.

    ``wanted`` is the ending to look for in an archive that is of one kind.
    """

    path: Path
    name: str
    answers: Answers
    folder: Path
    wanted: str = ""
    limits: WorkerLimits = field(default_factory=WorkerLimits)

    @property
    def rows(self) -> Path:
        """The file that takes the rows."""
        return self.folder / "rows"


def reply_to(request: dict[str, Any], limits: WorkerLimits) -> Reply:
    """Do the job that is asked for."""
    kind, name, answers = request["job"], request["name"], Answers(request["answers"])
    job = Job(Path(request["path"]), name, answers, Path(request["folder"]), request["wanted"], limits)
    work: Callable[[Job], Reply] = importlib.import_module(JOBS[kind]).work
    try:
        return work(job) | {"asked": sorted(answers.asked)}
    except (InputRefused, SettingError) as error:
        return refusal_reply(error)
    except (MemoryError, RecursionError):
        return refusal_reply(
            beyond_worker(name, kind, f"needs more than {limits.megabytes:,} MB to read", WORKER_MB)
        )
    except OSError as error:
        if error.errno not in _FULL:
            raise
        return refusal_reply(beyond_worker(name, kind, "holds more than one file may"))


def main() -> None:
    """Answer one request and end."""
    out = os.dup(1)
    os.dup2(2, 1)  # what libraries print is no part of the reply
    request = json.loads(sys.stdin.buffer.read())
    limits = WorkerLimits(**request["limits"])
    sandbox.shut_in(limits)
    gc.disable()  # the process ends before rubbish could pile up
    reply = reply_to(request, limits)
    with os.fdopen(out, "w", encoding="utf-8", errors="backslashreplace") as pipe:
        json.dump(reply, pipe)
        pipe.flush()
    os._exit(0)  # nothing is left to tidy up, and destructors of foreign libraries may crash


if __name__ == "__main__":
    main()
