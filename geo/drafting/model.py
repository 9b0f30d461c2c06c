"""What drafting proposes: frozen, without behaviour that touches the world."""

from dataclasses import dataclass
from datetime import date

from geo.model import Place, Resolution


@dataclass(frozen=True, slots=True)
class When:
    """The days on which something may have happened, or the question that is open.

    ``first`` and ``last`` are both set or both None; ``precision`` is the code of time_precision; ``words``
    are those of the text, empty where the day was not written beside the event.
    """

    first: date | None
    last: date | None
    precision: int
    words: str = ""
    question: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of people as a range; None is an open end, never 0. ``words`` are those of the text."""

    low: int | None
    high: int | None
    who: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A listed party as the text names it; ``role`` is ``by`` (who acted) or ``with`` (against or with whom)."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of the text; offsets count code points, ``end`` is exclusive."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An event that the text seems to tell of. ``event_type`` None is left to a person.

    ``confidence`` in 0..1 says how surely the draft repeats the text, not how far the text can be trusted.
    """

    event_id: str
    event_type: str | None
    when: When
    place: Place
    resolution: Resolution
    deaths: Tally | None
    injuries: Tally | None
    actors: tuple[Actor, ...]
    evidence: tuple[Evidence, ...]
    notes: tuple[str, ...]
    confidence: float

    @property
    def questions(self) -> tuple[str, ...]:
        """What only a person can say before the draft may be saved."""
        asked = (self.when.question, "" if self.event_type else "Which type of event is it?")
        return tuple(filter(None, asked))

    @property
    def injury_words(self) -> tuple[str, ...]:
        """The injured in words, for tables that have no column for them."""
        if self.injuries is None:
            return ()
        low, high = self.injuries.low, self.injuries.high
        if low == high:
            return (f"injured: {low}",)
        ends = (f"at least {low}" if low is not None else "", f"at most {high}" if high is not None else "")
        return (f"injured: {', '.join(filter(None, ends))}",)

    def actors_in(self, role: str) -> str:
        """The actors of a role as the column of an event holds them."""
        return "; ".join(actor.name for actor in self.actors if actor.role == role)


@dataclass(frozen=True, slots=True)
class Passed:
    """A sentence with a word for an event of which no draft was made, and why."""

    evidence: Evidence
    word: str
    reason: str


@dataclass(frozen=True, slots=True)
class Drafted:
    """The drafts of a text in its order, the sentences passed over, and what the reader must know."""

    drafts: tuple[Draft, ...]
    passed: tuple[Passed, ...] = ()
    notices: tuple[str, ...] = ()
