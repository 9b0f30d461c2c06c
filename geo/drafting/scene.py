"""What stands around a trigger: the sentence with its places and times, and the day by which the text counts."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from geo.drafting.actors import ActorNames, NamedActor, find_actors
from geo.drafting.days import TimeMention
from geo.drafting.kinds import Found
from geo.drafting.sentences import Sentence
from geo.drafting.timing import Dateline
from geo.drafting.where import Named


@dataclass(frozen=True, slots=True)
class Clock:
    """What the text says of time: its mentions, the datelines, and the day that the person gave."""

    mentions: tuple[TimeMention, ...]
    starts: tuple[int, ...]
    lines: tuple[Dateline, ...]
    line_starts: tuple[int, ...]
    report_day: date | None

    def dateline(self, position: int) -> Dateline | None:
        """The dateline that holds at a position; a title above the first one belongs to it."""
        at = bisect_left(self.line_starts, position + 1)
        return self.lines[max(0, at - 1)] if self.lines else None

    def reference(self, position: int) -> date | None:
        """The day from which relative words count."""
        line = self.dateline(position)
        return line.day if line else self.report_day

    @property
    def only_day(self) -> date | None:
        """The day that the text names if it names one only."""
        days = {
            day
            for time in self.mentions
            if time.kind == "full"
            for day in (time.first, time.last)
            if day is not None
        }
        return next(iter(days)) if len(days) == 1 else None

    def within(self, start: int, end: int) -> Sequence[TimeMention]:
        """The times named in a stretch."""
        return self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence with what stands in it; before ``head`` stands its dateline."""

    sentence: Sentence
    spots: Sequence[Named]
    times: Sequence[TimeMention]
    head: int
    taken: frozenset[int]
    actors: Sequence[NamedActor]

    def words_of(self, trigger: Found) -> str:
        """The trigger as written."""
        return " ".join(self.sentence.text[trigger.start : trigger.end].split())

    def index_at(self, position: int) -> int:
        """Index of the first word at or after a position."""
        return bisect_left(self.sentence.words, position, key=lambda word: word.start)

    def clause_at(self, position: int) -> int:
        """Number of the clause at a position."""
        index = self.index_at(position)
        return self.sentence.words[min(index, len(self.sentence.words) - 1)].clause

    def word_before(self, position: int) -> str:
        """The word before a position, in small letters."""
        index = self.index_at(position)
        return self.sentence.words[index - 1].lower if index else ""

    def is_birth(self, time: TimeMention) -> bool:
        """Whether the time is that of "born in Boston in 1950"."""
        index = self.index_at(time.start)
        words = self.sentence.words
        clause = self.clause_at(time.start)
        return any(
            word.lower == "born" and word.clause == clause for word in words[max(0, index - 6) : index]
        )

    def is_of_verb_before(self, time: TimeMention, trigger: Found) -> bool:
        """Whether the time stands before the "and" that begins what the trigger says: "shelled in May and taken"."""
        if time.start >= trigger.start:
            return False
        index = self.index_at(time.start)
        words, clause = self.sentence.words, self.clause_at(time.start)
        opens = index < 2 or words[index - 2].clause != clause
        between = words[self.index_at(time.end) : trigger.first]
        return not opens and any(word.lower == "and" for word in between)

    def is_attribute(self, time: TimeMention) -> bool:
        """Whether the time belongs to a thing, as in "the statement of November 2020"."""
        index = self.index_at(time.start)
        return index > 1 and self.sentence.words[index - 1].lower == "of"


def named_actors(sentence: Sentence, spots: Sequence[Named], known: ActorNames) -> list[NamedActor]:
    """The actors that a sentence names; a region that bears the name of its authorities is a place."""
    regions = {spot.start for spot in spots if (place := spot.resolution.place) and place.kind != "country"}
    named = find_actors(sentence, known)
    return [actor for actor in named if not (actor.start in regions and actor.last - actor.first == 1)]
