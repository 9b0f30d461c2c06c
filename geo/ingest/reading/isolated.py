"""Runs one job in the worker process and makes its end, whatever it is, a reply or a refusal."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from geo.errors import InputRefused
from geo.ingest.reading.labels import shown
from geo.ingest.reading.refusals import WORKER_MB, WORKER_SECONDS, beyond_worker
from geo.ingest.reading.sandbox import clean_environment
from geo.ingest.reading.spool import batches, read_spooled
from geo.ingest.reading.wire import Reply, notes_in, questions_in, raise_refusal
from geo.ingest.source import Batch, Source
from geo.settings import WorkerLimits, worker_limits

_PACKAGE_ROOT = Path(__file__).resolve().parents[3]
_OUT_OF_MEANS = {
    -getattr(signal, name) for name in ("SIGABRT", "SIGKILL", "SIGXCPU", "SIGALRM") if hasattr(signal, name)
}
"""How a process ends that asked for more memory or time than it has."""
_DAMAGED = {
    "workbook": "XLS-01",
    "archive": "ZIP-03",
    "features": "GJS-01",
    "kml": "XML-02",
    "geopackage": "GPK-02",
    "shapefile": "SHP-06",
    "html": "HTM-01",
    "pdf": "PDF-01",
    "docx": "DOC-01",
}
"""Code for a file on which a reader dies, by job."""


class Folder:
    """A private folder that is removed when nobody holds it any more."""

    def __init__(self) -> None:
        self.path = Path(mkdtemp(prefix="conflictmap-"))
        weakref.finalize(self, shutil.rmtree, self.path, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Done:
    """A job's reply, and the folder with what it wrote."""

    reply: Reply
    folder: Folder

    @property
    def path(self) -> Path:
        """Where the folder is."""
        return self.folder.path


def run_job(job: str, path: Path, *, name: str, answers: Mapping[str, str], wanted: str = "") -> Done:
    """Let the worker read the file; ``wanted`` is the ending to look for in an archive that is of one kind.

    Raises
    ------
    InputRefused
        The worker refused the file, died on it, or ran out of time or memory.
    SettingError
        An answer is none of the options, or the limits of the worker are none.
    """
    limits = worker_limits()
    folder = Folder()
    request = {
        "job": job,
        "path": str(path.resolve()),
        "name": name,
        "answers": dict(answers),
        "folder": str(folder.path),
        "wanted": wanted,
        "limits": asdict(limits),
    }
    ended = _run(json.dumps(request).encode("ascii"), limits)
    if ended is None:
        raise beyond_worker(name, job, f"took longer than {limits.seconds:,} seconds to read", WORKER_SECONDS)
    output, status = ended
    if status:
        raise _died(status, job, name, limits)
    try:
        reply = json.loads(output)
    except ValueError as error:
        raise _died(status, job, name, limits) from error
    raise_refusal(reply)
    for key in reply["asked"]:
        answers.get(str(key))  # what the worker looked for counts as looked for here
    return Done(reply, folder)


def source_of(done: Done) -> Source:
    """The source that a reply with header and rows describes."""
    reply = done.reply
    return Source(
        format=str(reply["format"]),
        header=tuple(str(cell).encode("utf-8", "replace").decode() for cell in reply["header"]),
        batches=partial(_batches, done),
        encoding=str(reply.get("encoding", "")),
        questions=questions_in(reply),
        notes=notes_in(reply),
        shapes=bool(reply.get("shapes")),
    )


def _batches(done: Done) -> Iterator[Batch]:
    return batches(read_spooled(done.path / "rows"))


def _run(request: bytes, limits: WorkerLimits) -> tuple[bytes, int] | None:
    """What the worker said and how it ended; None if its time was over."""
    with subprocess.Popen(
        [sys.executable, "-m", "geo.ingest.reading.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=clean_environment(str(_PACKAGE_ROOT)),
        start_new_session=True,
    ) as process:
        try:
            output, _ = process.communicate(request, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            _end(process)
            return None
        except BaseException:
            _end(process)
            raise
    return output, process.returncode


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the worker and all that it started; it leads a session of its own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


def _died(status: int, job: str, name: str, limits: WorkerLimits) -> InputRefused:
    if status in _OUT_OF_MEANS:
        what = f"takes more than {limits.seconds:,} seconds or {limits.megabytes:,} MB to read"
        return beyond_worker(name, job, what, WORKER_SECONDS, WORKER_MB)
    return InputRefused(f"{shown(name)} cannot be read, it is damaged: export it again.", code=_DAMAGED[job])
