from datetime import date

from making import change, event

from geo.workflows.learnt import learnt_since

WINDOW = {"first": date(2023, 9, 1), "last": date(2023, 9, 30)}


def test_nothing_is_learnt_when_nothing_was_recorded_since(desk):
    learnt = learnt_since(desk, 1, **WINDOW)
    assert (learnt.changes, learnt.events, learnt.events_total) == ((), (), 0)


def test_changes_since_are_listed_newest_first_and_events_of_the_window_only(desk):
    desk.store.commit(
        change(event("Z1", event_date="2023-09-20", toponym="Shusha"), event("Z2", event_date="1999-01-01"))
    )
    desk.store.commit(change(event("Z3", event_date="2023-09-21")))
    learnt = learnt_since(desk, 1, **WINDOW)
    assert learnt.events == ("2023-09-21: Shelling", "2023-09-20: Shelling, Shusha")
    assert [line.partition(", ")[2] for line in learnt.changes] == [
        "import by tester: 1 added", "import by tester: 2 added",
    ]  # fmt: skip
    assert learnt_since(desk, 2, **WINDOW).events_total == 1
