"""Processes that die, and disks that fail, while they write to a store; and what is left afterwards.

Each action runs in a fork of this process, which has the libraries loaded, so that a kill hits the writing and
not the start. Afterwards the store is opened as any next process would open it, and looked at.

    python tests/faults/campaign.py --kills 2000 --each 20 --log docs/faults.md
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parent)]

from forks import run_killed  # noqa: E402

from geo.errors import ConflictmapError  # noqa: E402
from geo.schema import as_frame  # noqa: E402
from geo.store.backup import backup_store, restore_store  # noqa: E402
from geo.store.base import Change, plain_columns  # noqa: E402
from geo.store.chain import read_rows_digest  # noqa: E402
from geo.store.digest import content_hashes  # noqa: E402
from geo.store.doctor import examine, findings, sound  # noqa: E402
from geo.store.draft import Draft  # noqa: E402
from geo.store.failpoints import POINTS, VARIABLE  # noqa: E402
from geo.store.sqlite import create_sqlite, open_sqlite  # noqa: E402

ROWS = 300
FRESH_AFTER = 150
"""Actions after which a new store is taken, so that it stays small."""
WRITES = ("import", "bulk", "edit", "delete", "undo", "redo")
FILES = ("create", "migrate", "backup", "restore")
ACTIONS_OF = {"change": ("import", "bulk")}
OLD_STORE = HERE.parents[1] / "data" / "stores" / "schema_1.sql"


def rows_of(name, count=ROWS):
    rows = [
        {
            "event_id": f"{name}-{n}",
            "event_date": "2023-09-19",
            "event_type": "shelling",
            "description": "x" * 200,
        }
        for n in range(count)
    ]
    return Change("import", "tester", {"events": as_frame("events", rows)}, file=name)


@dataclass
class Bench:
    """A store to be maltreated, and what is known of it."""

    folder: Path
    acknowledged: set[str] = field(default_factory=set)
    done: int = 0

    @property
    def path(self):
        return self.folder / "store.sqlite"

    @property
    def backup(self):
        return self.folder / "backup.sqlite"

    def begin(self):
        drafts = self.folder / "drafts"
        drafts.mkdir()
        tempfile.tempdir = str(drafts)  # what a killed process leaves there goes with the folder
        create_sqlite(self.path, lambda store: store.commit(rows_of("base"))).close()
        backup_store(self.path, self.backup)

    def renew(self):
        """A new store in the place of one that cannot be opened."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        self.acknowledged.clear()
        self.begin()


@dataclass
class Tally:
    """What a campaign counted."""

    kills: Counter = field(default_factory=Counter)
    landed: Counter = field(default_factory=Counter)
    in_flight: int = 0
    points: Counter = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    reopen_ms: list[float] = field(default_factory=list)

    @property
    def fine(self):
        return not (self.lost or self.torn or self.unsound or self.missed)

    def summary(self):
        times = sorted(self.reopen_ms)
        return {
            "kills": dict(self.kills),
            "landed": dict(self.landed),
            "in_flight": self.in_flight,
            "failpoints": len({point.partition("=")[0] for point in self.points}),
            "failpoint_runs": self.points.total(),
            "lost": self.lost,
            "torn": self.torn,
            "unsound": self.unsound,
            "missed": self.missed,
            "reopen_p50_ms": round(statistics.median(times), 1),
            "reopen_p95_ms": round(times[int(0.95 * (len(times) - 1))], 1),
        }


def act(bench, action, name):
    """Do one thing to the store; the acknowledgement it gives. Runs in the fork."""
    if action == "create":
        fresh = bench.folder / f"{name}.sqlite"
        create_sqlite(fresh, lambda store: store.commit(rows_of(name))).close()
        return "created"
    if action == "migrate":
        open_sqlite(bench.folder / f"{name}.sqlite").close()
        return "migrated"
    if action == "backup":
        return f"seq {backup_store(bench.path, bench.backup).seq}"
    if action == "restore":
        return f"seq {restore_store(bench.path, bench.backup).seq}"
    with closing(open_sqlite(bench.path)) as store:
        return write(store, action, name)


def write(store, action, name):
    if action == "import":
        return store.commit(rows_of(name)).import_id
    if action == "bulk":
        return commit_draft(store, name)
    if action in {"undo", "redo"}:
        undone = action == "redo"
        entry = next(e for e in store.history() if e.action == "import" and e.undone == undone)
        receipt = getattr(store, action)(entry.import_id, recorded_by="tester", force=True)
        return f"seq {receipt.seq}"
    ids = store.read("events", columns=["event_id", "revision"])
    row = ids.iloc[sum(map(ord, name)) % len(ids)]
    seen = int(row["revision"])
    if action == "delete":
        return store.delete("events", row["event_id"], seen=seen, recorded_by="tester").import_id
    edited = {
        "event_id": row["event_id"],
        "event_date": "2023-09-20",
        "event_type": "battle",
        "toponym": name,
    }
    return store.edit("events", edited, seen=seen, recorded_by="tester").import_id


def commit_draft(store, name):
    """The way of files: staged on disk, then taken over set by set."""
    change = rows_of(name)
    columns = plain_columns("events", change.rows["events"])
    draft = Draft("events")
    lines, raw = range(2, ROWS + 2), [f'["{row_id}"]' for row_id in columns[0]]
    draft.add_rows(columns, lines, raw, content_hashes("events", columns))
    draft.finish()
    return store.commit_draft(replace(change, rows={}, header='["event_id"]'), draft).import_id


def prepare(bench, action, name):
    """What must be there before the action, outside the time that is measured."""
    if action == "migrate":
        with closing(sqlite3.connect(bench.folder / f"{name}.sqlite")) as raw:
            raw.executescript(OLD_STORE.read_text("utf-8"))
    if action in {"undo", "redo", "edit", "delete"}:
        with closing(open_sqlite(bench.path)) as store:
            wanted = [e for e in store.history() if e.action == "import" and e.undone == (action == "redo")]
            if not wanted or len(store.read("events", columns=["event_id"])) < ROWS:
                made = store.commit(rows_of(f"for-{name}"))
                if action == "redo":
                    store.undo(made.import_id, recorded_by="tester")
            elif action == "undo" and len(wanted) < 2:
                store.commit(rows_of(f"for-{name}"))


def inspect(bench, action, name, said, before, tally):
    """Open what is left and compare it with what was said."""
    where = f"{action} {name}"
    path = bench.folder / f"{name}.sqlite" if action in {"create", "migrate"} else bench.path
    if action == "create" and not path.exists():
        if said:
            tally.lost.append(where)
        return False
    begun = time.perf_counter()
    with closing(open_sqlite(path)) as store:
        revision = store.revision()
        tally.reopen_ms.append(1000 * (time.perf_counter() - begun))
        with store.reading() as connection:
            entries = store.history()
            for entry in entries if action in FILES else entries[: max(0, revision - before)]:
                sealed = connection.exec_driver_sql(
                    "SELECT rows_digest FROM changes WHERE seq = ?", (entry.seq,)
                )
                count = connection.exec_driver_sql(
                    "SELECT count(*) FROM events_revisions WHERE seq = ?", (entry.seq,)
                )
                wanted = sum(n for kind, n in entry.counts.items() if kind not in {"unchanged", "kept"})
                if sealed.scalar_one() != read_rows_digest(connection, entry.seq) or (
                    action in WRITES and count.scalar_one() != wanted
                ):
                    tally.torn.append(where)
    if action in WRITES:
        known = {entry.import_id for entry in entries} | {f"seq {entry.seq}" for entry in entries}
        if said:
            bench.acknowledged.add(said)
        tally.lost += [f"{where}: {one}" for one in bench.acknowledged - known]
    if action in {"create", "migrate"} and bench.done % 5 == 0:
        check(path, where, tally)
    return revision > before if action in WRITES else bool(said)


def check(path, where, tally):
    checks = examine(path)
    if not sound(checks):
        tally.unsound.append(f"{where}: {findings(checks)}")


def once(bench, action, name, tally, *, delay=None, failpoint=""):
    """One action that is killed, or meets a failpoint: whether it landed, what it said, and how long it took."""
    prepare(bench, action, name)
    with closing(open_sqlite(bench.path)) as store:
        before = store.revision()

    def do():
        if failpoint:
            os.environ[VARIABLE] = failpoint
        try:
            return act(bench, action, name)
        except ConflictmapError:
            return ""

    begun = time.perf_counter()
    said = run_killed(do, delay)
    seconds = time.perf_counter() - begun
    bench.done += 1
    try:
        landed = inspect(bench, action, name, said, before, tally)
    except ConflictmapError as error:
        tally.unsound.append(f"{action} {name}: {error}")
        bench.renew()
        return False, said, seconds
    if action in {"backup", "restore"}:
        bench.acknowledged.clear()
        check(bench.backup, f"{action} {name}", tally)
    for left in bench.folder.glob(f"{name}.sqlite*"):
        left.unlink()
    for left in [*bench.folder.glob("*.replaced-*"), *bench.folder.glob(".*")]:
        left.unlink()
    return landed, said, seconds


def fresh(folder, tally, bench=None):
    """A new store; the old one is examined whole."""
    if bench is not None:
        check(bench.path, "the store at the end", tally)
        shutil.rmtree(bench.folder)
    bench = Bench(Path(tempfile.mkdtemp(dir=folder)))
    bench.begin()
    return bench


def kill_at_random(folder, kills, tally, chance):
    """Kills at moments spread over the time that each action takes."""
    bench, longest = fresh(folder, tally), {}
    for action in (*WRITES, *FILES):
        times = [once(bench, action, f"calm{n}", tally)[2] for n in range(2)]
        longest[action] = 1.1 * max(times)
    for n in range(kills):
        if bench.done >= FRESH_AFTER:
            bench = fresh(folder, tally, bench)
        action = chance.choices((*WRITES, *FILES), weights=(4, 5, 4, 2, 5, 5, 1, 1, 1, 1))[0]
        delay = chance.uniform(0, longest[action])
        landed, said, seconds = once(bench, action, f"kill{n:04}", tally, delay=delay)
        if said:  # the machine may have become faster or slower meanwhile
            longest[action] = 0.8 * longest[action] + 0.2 * 1.1 * seconds
        tally.kills[action] += 1
        tally.in_flight += not said
        tally.landed[action] += landed
    fresh(folder, tally, bench)


def visit_failpoints(folder, each, tally):
    """Every place, each way to fail there."""
    bench = fresh(folder, tally)
    for point, how, n in product(POINTS, ("kill", "enospc", "eio"), range(each)):
        group = point.partition(".")[0]
        for action in ACTIONS_OF.get(group, (group,)):
            if bench.done >= FRESH_AFTER:
                bench = fresh(folder, tally, bench)
            name = f"{action}-{point}-{how}-{n}".replace(".", "-")
            _, said, _ = once(bench, action, name, tally, failpoint=f"{point}={how}")
            tally.points[f"{point}={how}"] += 1
            if said:
                tally.missed.append(name)
    fresh(folder, tally, bench)


def table(summary):
    """The log as a page."""
    lines = [
        "# Faults",
        "",
        "What `scripts/faults` did to the store, and what was left. Every action ran in a process of its own that was ended by",
        "`kill -9` at a random moment, or met a full disk, a failing disk or a kill at each place named in",
        "`geo/store/failpoints.py`; then the store was opened as the next process would open it. `bulk` is an import of a file,",
        "which is staged on disk; `import` is one that comes in memory, as reports do.",
        "",
        "| action | kills at random moments | of them after the action had landed |",
        "|---|---|---|",
    ]
    lines += [
        f"| {a} | {n:,} | {summary['landed'].get(a, 0):,} |" for a, n in sorted(summary["kills"].items())
    ]
    lines += [
        f"| all | {sum(summary['kills'].values()):,} | {sum(summary['landed'].values()):,} |",
        "",
        f"{summary['in_flight']:,} of the kills came before the action had said that it was done.",
        "",
        "| figure | value |",
        "|---|---|",
        f"| failpoints visited | {summary['failpoints']} |",
        f"| runs of them (kill, full disk, failing disk) | {summary['failpoint_runs']:,} |",
        f"| failpoints that were not reached | {len(summary['missed'])} |",
        f"| acknowledged changes that were lost | {len(summary['lost'])} |",
        f"| changes that were torn | {len(summary['torn'])} |",
        f"| stores, backups and migrations that the doctor found unsound | {len(summary['unsound'])} |",
        f"| opening the store afterwards, p50 | {summary['reopen_p50_ms']} ms |",
        f"| opening the store afterwards, p95 | {summary['reopen_p95_ms']} ms |",
        "",
    ]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=2_000, help="kills at random moments")
    parser.add_argument("--each", type=int, default=20, help="visits of each failpoint, for each way to fail")
    parser.add_argument("--seed", type=int, default=20230919)
    parser.add_argument("--log", type=Path, help="write the figures to this page")
    asked = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        kill_at_random(Path(folder), asked.kills, tally, random.Random(asked.seed))
        visit_failpoints(Path(folder), asked.each, tally)
    if asked.log:
        asked.log.write_text(table(tally.summary()), "utf-8")
    print(json.dumps(tally.summary()))
    sys.exit(0 if tally.fine else 1)


if __name__ == "__main__":
    main()
