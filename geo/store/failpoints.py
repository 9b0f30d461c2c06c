"""Places where a test may end the process or break the disk; without the variable they do nothing.

``CONFLICTMAP_FAILPOINT=edit.before_commit=kill`` ends the process there as ``kill -9`` would; ``=enospc`` and
``=eio`` raise what a full or a failing disk raises; ``:3`` at the end means the third time only.
:data:`POINTS` lists every place, so that a campaign can visit them all.
"""

import errno
import os
import signal

VARIABLE = "CONFLICTMAP_FAILPOINT"
_ENDS = ("begun", "before_commit", "after_commit")
_WRITES = (*_ENDS, "logged", "rows", "sealed")
POINTS = (
    *(f"{action}.{step}" for action in ("change", "undo", "redo", "edit", "delete") for step in _WRITES),
    *(f"create.{step}" for step in (*_ENDS, "filled", "before_publish", "after_publish")),
    *(f"migrate.{step}" for step in (*_ENDS, "before_copy", "copied", "tables", "hashes")),
    *(f"backup.{step}" for step in ("copied", "before_rename", "before_list", "listed")),
    *(f"restore.{step}" for step in ("copied", "before_keep", "kept", "before_rename", "after_rename")),
)
_count: dict[str, int] = {}


def failpoint(name: str) -> None:
    """End the process or raise, if the environment names this place."""
    wish = os.environ.get(VARIABLE)
    if wish is not None:
        _fail(name, wish)


def _fail(name: str, wish: str) -> None:
    place, _, how = wish.partition("=")
    how, _, turn = how.partition(":")
    if place != name:
        return
    _count[name] = _count.get(name, 0) + 1
    if turn and int(turn) != _count[name]:
        return
    if how in {"enospc", "eio"}:
        code = errno.ENOSPC if how == "enospc" else errno.EIO
        raise OSError(code, os.strerror(code), name)
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
