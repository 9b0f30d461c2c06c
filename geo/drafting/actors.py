"""The parties that a sentence names, and whether they acted or were acted upon."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from geo.drafting.kinds import Found
from geo.drafting.lists import PASSIVE, found_along, word_set
from geo.drafting.model import Actor
from geo.drafting.sentences import Sentence, Word
from geo.gazetteer.normalise import name_key
from geo.situation import Party

CIVILIANS = "civilians"
_CIVILIAN_WORDS = word_set("civilian civilians villagers residents inhabitants refugees townspeople")
_FORCES = word_set(
    "forces troops army military soldiers soldier servicemen artillery drones drone units side armed fighters "
    "positions shelling fire offensive warplanes aviation"
)
_STATE = word_set("government authorities officials ministry defence defense president parliament delegation")
_LOCATIVE = word_set("in inside within near outside across throughout")
_BY_CIVILIANS = frozenset({"protest", "riot", "displacement"})
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True)
class ActorNames:
    """What parties are called: names by their key, and demonyms by theirs with the forces and the state meant."""

    names: Mapping[tuple[str, ...], str]
    demonyms: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor of a sentence at the words ``first`` up to, not including, ``last``."""

    name: str
    first: int
    last: int
    start: int


def actor_names(
    parties: Iterable[Party],
    *,
    demonyms: Mapping[str, str] | None = None,
    countries: Mapping[str, str] | None = None,
) -> ActorNames:
    """The names under which parties are found in a text.

    ``demonyms`` gives the country code of a demonym's key, ``countries`` that of a country's key. A demonym
    stands for the party that lists the country as an actor.
    """
    names: dict[tuple[str, ...], str] = {}
    of_country: dict[str, tuple[str, str]] = {}
    for party in parties:
        for actor in sorted(party.actors | {party.label}):
            names.setdefault(_key(actor), actor)
            if code := (countries or {}).get(name_key(actor)):
                forces = next(
                    (a for a in sorted(party.actors) if a.endswith(" forces") and actor[:5] in a), actor
                )
                of_country[code] = (forces, actor)
    found = {
        word: of_country[code]
        for word, code in (demonyms or {}).items()
        # Peoples within a country have its code, too; only the country's own name speaks for it.
        if code in of_country and word[:3] == name_key(of_country[code][1])[:3]
    }
    return ActorNames(names, found)


def find_actors(sentence: Sentence, known: ActorNames) -> list[NamedActor]:
    """The actors of a sentence in order, the longest name at each word."""
    words = sentence.words
    found = found_along(len(words), lambda index: _named_at(words, index, known))
    return [NamedActor(name, first, last, words[first].start) for first, name, last in found]


def actors_of(sentence: Sentence, trigger: Found, named: Sequence[NamedActor]) -> tuple[Actor, ...]:
    """Who acted and with whom, of the actors named in the trigger's clause.

    Before the verb stands who acts, after it against whom; after "were" it is the other way round. "By" says
    who acted, and "between A and B" names two who fought. A country's name after "in" is a place.
    """
    words = sentence.words
    first, last = trigger.first, trigger.last
    between = last < len(words) and words[last].lower in ("between", "among")
    passive = bool(first) and words[first - 1].lower in PASSIVE
    actors: dict[str, str] = {}
    for actor in named:
        before = words[actor.first - 1].lower if actor.first else ""
        if (
            words[actor.first].clause != trigger.clause
            or before in _LOCATIVE
            or actor.first <= first < actor.last
        ):
            continue
        acted = before == "by" or (actor.last <= first and not passive and before not in ("against", "with"))
        if actor.name == CIVILIANS and trigger.event_type not in _BY_CIVILIANS:
            acted = False
        actors.setdefault(actor.name, "by" if acted or (between and not actors) else "with")
    return tuple(Actor(name, role) for name, role in actors.items())


def _named_at(words: Sequence[Word], index: int, known: ActorNames) -> tuple[str, int] | None:
    word = words[index]
    if word.lower in _CIVILIAN_WORDS:
        return CIVILIANS, index + 1
    if not word.is_capital:
        return None
    for length in range(min(_MOST_WORDS, len(words) - index), 0, -1):
        name = known.names.get(tuple(each.lower for each in words[index : index + length]))
        if name is not None:
            return name, index + length
    return _of_people(words, index, known)


def _of_people(words: Sequence[Word], index: int, known: ActorNames) -> tuple[str, int] | None:
    """The party of "Azerbaijani forces", "Russian officials"; of other people the side is not ours to guess."""
    meant = known.demonyms.get(words[index].lower)
    after = [each.lower for each in words[index + 1 : index + 4]]
    if meant is None or not after:
        return None
    if (
        after[0] == "and" and len(after) == 3 and after[1] in known.demonyms
    ):  # "Armenian and Azerbaijani forces"
        return (meant[0], index + 1) if after[2] in _FORCES else None
    if after[0] in _FORCES | _STATE:
        return (meant[0] if after[0] in _FORCES else meant[1]), index + 2
    return None


def _key(name: str) -> tuple[str, ...]:
    """The words of a name as they are found in a text."""
    return tuple("".join(sign if sign.isalnum() or sign in "-'’" else " " for sign in name).lower().split())
