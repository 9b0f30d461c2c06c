import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.drafting.counts import BOTH, DEATHS, INJURIES, find_casualties, joined
from geo.drafting.sentences import paragraphs, sentences


def stated(text):
    return [each for sentence in sentences(text, paragraphs(text)) for each in find_casualties(sentence)]


def ranges(text, kind=DEATHS):
    return [(each.tally.low, each.tally.high) for each in stated(text) if each.kind == kind]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("At least 192 people were killed.", 192, None),
        ("192 killed.", 192, 192),
        ("Between 30 and 40 soldiers died.", 30, 40),
        ("30-40 people were killed.", 30, 40),
        ("30 to 40 people were killed.", 30, 40),
        ("Two or three men died.", 2, 3),
        ("Up to 12 civilians died.", None, 12),
        ("Fewer than 12 people died.", None, 11),
        ("More than 20 people were killed.", 21, None),
        ("Dozens were killed.", 24, 99),
        ("Scores were killed.", 40, 99),
        ("Hundreds of people died.", 200, 999),
        ("Thousands of people died.", 2_000, 9_999),
        ("Tens of thousands were killed.", 20_000, 99_999),
        ("Several people were killed.", 3, None),
        ("A dozen people were killed.", 12, 12),
        ("Two dozen people were killed.", 24, 24),
        ("Half a dozen people were killed.", 6, 6),
        ("The blast killed half a dozen soldiers.", 6, 6),
        ("A half-dozen men died.", 6, 6),
        ("More than half a dozen civilians died.", 7, None),
        ("Twenty-three people died.", 23, 23),
        ("Two hundred and five people died.", 205, 205),
        ("The death toll rose to 1,234.", 1_234, 1_234),
        ("The attack claimed the lives of 12 people.", 12, 12),
        ("A soldier was shot dead.", 1, 1),
        ("There were no casualties.", 0, 0),
        ("No one was killed.", 0, 0),
        ("No civilians were killed.", 0, 0),
    ],
)
def test_deaths_are_a_range_with_open_ends(text, low, high):
    assert ranges(text) == [(low, high)]


def test_killed_and_wounded_are_told_apart():
    text = "Shelling hit the town, killing 5 and wounding 12."
    assert (ranges(text), ranges(text, INJURIES)) == ([(5, 5)], [(12, 12)])
    text = "The strike left five dead and at least 12 wounded."
    assert (ranges(text), ranges(text, INJURIES)) == ([(5, 5)], [(12, None)])


def test_casualties_that_are_not_told_apart_are_only_noted():
    [both] = stated("There were about 100 casualties.")
    assert both.kind == BOTH
    assert joined([both], DEATHS) == (None, (both.note,))


@pytest.mark.parametrize(
    ("text", "who"),
    [("12 civilians were killed.", "civilians"), ("12 soldiers died.", "soldiers"), ("12 people died.", "")],
)
def test_who_died_is_kept_where_it_is_said(text, who):
    assert [each.tally.who for each in stated(text)] == [who]


def test_two_groups_of_one_sentence_are_added_and_the_note_says_so():
    [both] = stated("3 soldiers and 2 civilians were killed.")
    assert (both.tally.low, both.tally.high) == (5, 5)
    assert both.note.startswith("added:")


def test_a_part_is_not_added_to_its_whole():
    assert ranges("At least 192 people, including 10 civilians, were killed.") == [(192, None)]


@pytest.mark.parametrize(
    "text",
    [
        "Three districts were shelled and civilians were killed.",
        "A 152mm shell killed civilians.",
        "The 366th regiment killed them.",
        "Killed in 2020 were people.",
        "They walked 12 km and died.",
        "The town of 5,000 people was shelled.",
    ],
)
def test_other_numbers_are_no_dead(text):
    assert [each for each in ranges(text) if each not in ((1, 1),)] == []


def test_different_numbers_give_the_widest_range_and_are_never_added():
    tally, notes = joined(stated("Armenia said 5 were killed. Azerbaijan said 12 were killed."), DEATHS)
    assert (tally.low, tally.high) == (5, 12)
    assert any("not added" in note for note in notes)


@given(st.integers(1, 9_999_999))
def test_any_number_of_dead_is_read_as_it_is_written(number):
    assert ranges(f"The fighting killed {number:,} people.") == [(number, number)]


@given(st.text("0123456789,. -killedtwoundr%", max_size=60))
def test_a_range_never_ends_before_it_begins(text):
    for each in stated(text):
        assert each.tally.low is None or each.tally.high is None or each.tally.low <= each.tally.high


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The attack killed 17 sailors and two attackers.", (19, 19)),
        ("It killed 17 sailors and two attackers were wounded.", (17, 17)),
        ("It killed 17 sailors and at least two civilians.", (19, None)),
        ("It killed 17 sailors and 12 sheep.", (17, 17)),
    ],
)
def test_numbers_after_killed_are_added_where_both_count_people(text, expected):
    assert ranges(text) == [expected]


def test_the_addition_after_killed_is_noted():
    [found] = stated("The attack killed 17 sailors and two attackers.")
    assert found.note == "added: “17 sailors and two attackers”"


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            "It raided a farm, killing one and a half dozen people, 1,200 sheep and 3 civilians.",
            "“one and a half dozen people” is not read as a number: how many were meant?",
        ),
        ("1.500 people were killed.", "“1.500 people” may be 1,500 or 1.5: how many were meant?"),
    ],
)
def test_a_number_that_cannot_be_read_is_left_open_with_a_note(text, note):
    found = stated(text)
    assert joined(found, DEATHS) == (None, (note,))


def test_animals_are_not_counted_as_people():
    assert ranges("It hit a farm, killing 1,200 sheep.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 sailors, two attackers and a child were killed.", (20, 20)),
        ("The attack killed 17 sailors, two attackers and a child.", (20, 20)),
        ("17 sailors and a child were killed.", (18, 18)),
        ("A police officer and two men died.", (3, 3)),
        ("At least 17 sailors, two attackers and a child were killed.", (20, None)),
        ("Half a dozen soldiers and a child were killed.", (7, 7)),
    ],
)
def test_a_list_of_the_dead_is_added_and_the_note_says_so(text, expected):
    [found] = stated(text)
    assert (found.tally.low, found.tally.high) == expected
    assert found.note.startswith("added: ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two civilians, a man and a woman, were killed.", (2, 2)),
        ("Two soldiers, a woman and a child died.", (2, 4)),
        ("17 sailors, two attackers and a child, were killed.", (17, 20)),
    ],
)
def test_who_may_be_named_twice_makes_the_number_of_dead_a_range(text, expected):
    assert ranges(text) == [expected]


@pytest.mark.parametrize(
    ("text", "dead", "injured"),
    [
        ("It killed 17 sailors, and two attackers and a child were wounded.", (17, 17), (3, 3)),
        ("It killed 17 sailors and two attackers, and a child was wounded.", (19, 19), (1, 1)),
        ("5 soldiers were killed and 3 civilians and a child wounded.", (5, 5), (4, 4)),
    ],
)
def test_a_list_does_not_cross_from_the_dead_to_the_injured(text, dead, injured):
    assert (ranges(text), ranges(text, INJURIES)) == ([dead], [injured])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17 people, including a child, were killed.", (17, 17)),
        ("192 people, including 10 civilians and a child, were killed.", (192, 192)),
        ("3 men stood there when a boy was killed.", (1, 1)),
        ("The strike killed two soldiers and a drone hit workers.", (2, 2)),
    ],
)
def test_people_who_are_no_list_of_the_dead_are_not_added(text, expected):
    assert ranges(text) == [expected]


def test_a_list_of_several_groups_belongs_to_none():
    assert [each.tally.who for each in stated("3 soldiers and a child were killed.")] == [""]
    assert [each.tally.who for each in stated("A woman and a child were killed.")] == ["civilians"]
