"""The whole store against a model of it: any order of commits, edits, undos, kills, backups and restores.

10,000 steps take two minutes; ``CONFLICTMAP_MACHINE_EXAMPLES=12`` runs 600.
"""

import copy
import os
import tempfile
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from making import change, event
from stores import STORES

from geo.errors import EditConflict, InputRefused
from geo.store.backup import backup_store, restore_store
from geo.store.base import Change
from geo.store.chain import check_chain, check_rows
from geo.store.failpoints import VARIABLE

pytestmark = pytest.mark.timeout(1200)  # a guard against hanging, not a measurement
STEPS = 50
EXAMPLES = int(os.environ.get("CONFLICTMAP_MACHINE_EXAMPLES", "200"))
IDS = st.sampled_from("ABCDE")
NAMES = st.sampled_from(["Shusha", "Lachin", "Goris"])
PLACES = ("begun", "logged", "rows", "sealed", "before_commit", "after_commit")


@dataclass
class Model:
    """What the store should hold: each id's revisions as (seq, name, retracted), and what each change did."""

    rows: dict[str, list[tuple[int, str, bool]]] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)
    undos: dict[str, list[int]] = field(default_factory=dict)

    @property
    def seq(self):
        return len(self.actions)

    def head(self, row_id):
        return self.rows[row_id][-1][1:] if row_id in self.rows else None

    def content(self, known_at=None):
        last = {
            row_id: [r for r in revisions if known_at is None or r[0] <= known_at]
            for row_id, revisions in self.rows.items()
        }
        return {row_id: r[-1][1] for row_id, r in sorted(last.items()) if r and not r[-1][2]}

    def write(self, action, states, import_id):
        self.actions.append(action)
        for row_id, (name, retracted) in states.items():
            self.rows.setdefault(row_id, []).append((self.seq, name, retracted))
        self.ids[import_id] = self.seq

    def moves(self, import_id, *, redo, force):
        """The states that an undo or redo writes, and the rows that it keeps."""
        seq, written, kept = self.ids[import_id], {}, set()
        undos = self.undos.get(import_id, [])
        for row_id, revisions in self.rows.items():
            own = [n for n, revision in enumerate(revisions) if revision[0] == seq]
            is_taken = any(revision[0] in undos for revision in revisions)
            if not own or (redo and not is_taken) or (is_taken and not redo and not force):
                continue
            left = revisions[own[-1]][1:]
            found = revisions[own[0] - 1][1:] if own[0] else (left[0], True)
            start, goal = (found, left) if redo else (left, found)
            head = self.head(row_id)
            if head == goal or (not redo and head[1] and found[1]):
                continue
            if head == start or force:
                written[row_id] = goal
            else:
                kept.add(f"event {row_id}")
        return written, kept


class StoreMachine(RuleBasedStateMachine):
    factory = staticmethod(STORES[0])

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "contract.sqlite"
        self.store = self.factory(self.path.parent)
        self.model = Model()
        self.saved = None

    def some_import(self, data):
        return data.draw(st.sampled_from(sorted(self.model.ids, key=self.model.ids.get)))

    @rule(rows=st.dictionaries(IDS, NAMES, min_size=1, max_size=4))
    def commit(self, rows):
        now = self.model.content()
        receipt = self.store.commit(change(*(event(i, toponym=name) for i, name in rows.items())))
        written = {i: (name, False) for i, name in rows.items() if now.get(i) != name}
        assert receipt.added["events"] == sum(i not in now for i in rows)
        assert receipt.unchanged["events"] == len(rows) - len(written)
        assert (receipt.import_id is None) == (not written)
        if written:
            self.model.write("import", written, receipt.import_id)

    @rule(row_id=IDS, name=NAMES, stale=st.booleans())
    def edit(self, row_id, name, stale):
        head = self.model.head(row_id)
        seen = len(self.model.rows.get(row_id, ())) - stale
        row = event(row_id, toponym=name)
        if head is None or (head[1] and not stale):
            with pytest.raises(InputRefused):
                self.store.edit("events", row, seen=seen, recorded_by="tester")
        elif stale:
            with pytest.raises(EditConflict) as conflict:
                self.store.edit("events", row, seen=seen, recorded_by="tester")
            assert (conflict.value.theirs["toponym"], conflict.value.theirs["retracted"]) == head
        else:
            receipt = self.store.edit("events", row, seen=seen, recorded_by="tester")
            assert (receipt.import_id is None) == (head == (name, False))
            if receipt.import_id:
                self.model.write("edit", {row_id: (name, False)}, receipt.import_id)

    @rule(row_id=IDS)
    def delete(self, row_id):
        head, seen = self.model.head(row_id), len(self.model.rows.get(row_id, ()))
        if head is None or head[1]:
            with pytest.raises(InputRefused):
                self.store.delete("events", row_id, seen=seen, recorded_by="tester")
            return
        receipt = self.store.delete("events", row_id, seen=seen, recorded_by="tester")
        self.model.write("delete", {row_id: (head[0], True)}, receipt.import_id)

    @precondition(lambda self: self.model.ids)
    @rule(data=st.data(), redo=st.booleans(), force=st.booleans())
    def move(self, data, redo, force):
        """Undo or redo."""
        import_id = self.some_import(data)
        do = self.store.redo if redo else self.store.undo
        refused, written, kept = self.expected_move(import_id, redo=redo, force=force)
        if refused:
            with pytest.raises(InputRefused):
                do(import_id, recorded_by="tester", force=force)
            return
        receipt = do(import_id, recorded_by="tester", force=force)
        assert receipt.rows == len(written)
        assert set(receipt.kept) == kept
        if written:
            self.moved(import_id, written, redo=redo)

    def expected_move(self, import_id, *, redo, force):
        undone = bool(self.model.undos.get(import_id))
        special = self.model.actions[self.model.ids[import_id] - 1] in {"undo", "redo"}
        if special or (redo and not undone):
            return True, {}, set()
        written, kept = self.model.moves(import_id, redo=redo, force=force)
        return undone and not redo and not written and not kept, written, kept

    def moved(self, import_id, written, *, redo):
        self.model.write("redo" if redo else "undo", written, self.store.history(limit=1)[0].import_id)
        self.model.undos[import_id] = [] if redo else [*self.model.undos.get(import_id, []), self.model.seq]

    @rule(name=NAMES, place=st.sampled_from(PLACES), data=st.data())
    def kill(self, name, place, data):
        """A process dies in the middle of a commit or an undo: all of it is there, or nothing."""
        imports = [i for i in self.model.ids if not self.expected_move(i, redo=False, force=False)[0]]
        target = data.draw(st.sampled_from([None, *imports]))
        if target is None:
            written = {"A": (name, False)} if self.model.content().get("A") != name else {}
        else:
            written = self.expected_move(target, redo=False, force=False)[1]
        self.die(target, name, f"{'undo' if target else 'change'}.{place}=kill")
        if not written or place != "after_commit":
            return  # the invariants find what may have been left behind
        if target is None:
            self.model.write("import", written, self.store.history(limit=1)[0].import_id)
        else:
            self.moved(target, written, redo=False)

    def die(self, target, name, wish):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the child does nothing but write and end
            child = os.fork()
        if child == 0:
            try:
                os.environ[VARIABLE] = wish
                own = self.factory(self.path.parent)
                if target is None:
                    own.commit(change(event("A", toponym=name)))
                else:
                    own.undo(target, recorded_by="tester")
            finally:
                os._exit(0)
        os.waitpid(child, 0)

    @rule()
    def reopen(self):
        self.store.close()
        self.store = self.factory(self.path.parent)

    @rule()
    def back_up(self):
        made = backup_store(self.path, self.path.with_name("backup.sqlite"))
        assert made.seq == self.model.seq
        self.saved = copy.deepcopy(self.model)

    @precondition(lambda self: self.saved is not None)
    @rule()
    def restore(self):
        self.store.close()
        restored = restore_store(self.path, self.path.with_name("backup.sqlite"))
        self.model = copy.deepcopy(self.saved)
        assert restored.seq == self.model.seq
        self.store = self.factory(self.path.parent)

    @precondition(lambda self: self.model.rows)
    @rule()
    def again(self):
        rows = self.store.read("events")
        if len(rows):
            assert self.store.commit(Change("import", "tester", {"events": rows})).import_id is None

    @invariant()
    def what_was_acknowledged_is_there_and_nothing_else(self):
        assert self.stored() == self.model.content()
        assert self.store.revision() == self.model.seq

    @invariant()
    def the_history_and_the_chain_are_whole(self):
        assert [entry.action for entry in self.store.history()] == self.model.actions[::-1]
        with self.store.reading() as connection:
            assert check_chain(connection) == []

    def stored(self, known_at=None):
        batches = self.store.batches("events", ("event_id", "toponym"), known_at=known_at)
        return {row_id: name for ids, names in batches for row_id, name in zip(ids, names, strict=True)}

    def teardown(self):
        if not hasattr(self, "store"):
            return
        for seq in range(self.model.seq + 1):
            assert self.stored(seq) == self.model.content(seq), "every past state can be read again"
        for row_id, revisions in self.model.rows.items():
            told = [(v.seq, v.row["toponym"], v.retracted) for v in self.store.row_history("events", row_id)]
            assert told == revisions
        undone = {entry.import_id for entry in self.store.history() if entry.undone}
        assert undone == {import_id for import_id, undos in self.model.undos.items() if undos}
        with self.store.reading() as connection:
            assert list(check_rows(connection)) == []
        self.store.close()
        self.folder.cleanup()


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
)
