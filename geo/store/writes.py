"""The one way in which a change is written: logged, then its rows, then sealed."""

import secrets
from collections.abc import Callable

from sqlalchemy import Connection

from geo.store.base import Change, Receipt, families_of
from geo.store.chain import seal_change
from geo.store.failpoints import failpoint
from geo.store.revisions import (
    VERDICTS,
    append_revisions,
    count_verdicts,
    judged_writes,
    log_change,
    read_newest,
)


def write_change(
    connection: Connection,
    seq: int,
    change: Change,
    *,
    counts: dict[str, int],
    write: Callable[[], None],
) -> str:
    """Log a change, let ``write`` add its rows, seal it; the id it gets."""
    import_id = secrets.token_hex(6)
    step = _step(change.action)
    log_change(connection, seq, change, import_id=import_id, counts=counts)
    failpoint(f"{step}.logged")
    write()
    failpoint(f"{step}.rows")
    seal_change(connection, seq)
    failpoint(f"{step}.sealed")
    return import_id


def commit_frames(connection: Connection, change: Change) -> Receipt:
    """Write the rows of a change that are not as they should be already."""
    seq = read_newest(connection) + 1
    judged = {family: judged_writes(connection, family, change, seq=seq) for family in families_of(change)}
    counts = {family: count_verdicts(verdicts) for family, (verdicts, _) in judged.items()}
    by_kind = {kind: {family: count[kind] for family, count in counts.items()} for kind in VERDICTS}
    if not any(rows for _, rows in judged.values()):
        return Receipt(None, seq - 1, **by_kind)

    def write() -> None:
        for family, (_, rows) in judged.items():
            append_revisions(connection, family, rows)

    total = {kind: sum(numbers.values()) for kind, numbers in by_kind.items()}
    return Receipt(write_change(connection, seq, change, counts=total, write=write), seq, **by_kind)


def _step(action: str) -> str:
    """The word under which an action's failpoints are known."""
    return action if action in {"undo", "redo", "edit", "delete"} else "change"
