"""From a text and its places to drafts of events: the one way in."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from geo.drafting.actors import ActorNames, actors_of
from geo.drafting.counts import Casualties, find_casualties, joined
from geo.drafting.days import DAY, MOST_OF_A_FORM, TimeMention, is_part_of_day, time_mentions
from geo.drafting.identity import Identity
from geo.drafting.kinds import Found, find_triggers
from geo.drafting.merge import merged
from geo.drafting.model import Draft, Drafted, Evidence, Passed, When
from geo.drafting.scene import Clock, Scene, named_actors
from geo.drafting.sentences import Sentence, paragraphs, sentences
from geo.drafting.timing import Dateline, datelines, day_before_other, day_of
from geo.drafting.where import TOO_LARGE, Chosen, Named, place_of, spots_in
from geo.model import Resolution

MOST_SENTENCES = 50_000
MOST_TRIGGERS = 5_000
MOST_DRAFTS = 500
MOST_PASSED = 200
LONGEST_QUOTE = 600
_VIOLENT = frozenset(
    {"battle", "offensive", "capture", "shelling", "missile_strike", "mine", "mass_killing", "incident", "riot",
     "protest", None}
)  # fmt: skip
_DEADLINES = frozenset({"by", "until", "till", "before", "after"})
_OPEN_DAY, _DEFAULT_DAY, _GENERIC, _UNTYPED = 0.5, 0.9, 0.7, 0.5
"""Factors of the confidence; the place brings its own."""


def draft_events(
    text: str,
    resolutions: Sequence[Resolution],
    *,
    report_day: date | None = None,
    actors: ActorNames | None = None,
) -> Drafted:
    """Propose the events that a text tells of. Open places are never guessed, nothing is added up in silence.

    Parameters
    ----------
    text
        The report.
    resolutions
        The places of the text in its order, settled ones and open ones.
    report_day
        The day of the report where the person knows it; a dateline in the text goes before it.
    actors
        The names of parties to look for.
    """
    spans = paragraphs(text)
    times = time_mentions(text)
    lines = datelines(text, spans, times)
    clock = Clock(
        tuple(times),
        tuple(t.start for t in times),
        tuple(lines),
        tuple(line.start for line in lines),
        report_day,
    )
    ordered = sorted(resolutions, key=lambda resolution: resolution.mention.start)
    reader = _Reader(clock, ordered, actors or ActorNames({}, {}), Identity(text))
    source = sentences(text, spans)
    for sentence in islice(source, MOST_SENTENCES):
        reader.read(sentence)
        if reader.triggers > MOST_TRIGGERS:
            break
    drafts = merged(reader.drafts)
    notices = _notices(len(drafts), len(reader.passed), cut=next(source, None) is not None)
    if len(times) >= MOST_OF_A_FORM:
        notices.append(f"The text names more than {MOST_OF_A_FORM:,} times; not all of them were read.")
    return Drafted(tuple(drafts[:MOST_DRAFTS]), tuple(reader.passed[:MOST_PASSED]), tuple(notices))


def _notices(drafts: int, passed: int, *, cut: bool) -> list[str]:
    notices = []
    if cut:
        notices.append(
            f"The text is longer than what is read for events ({MOST_SENTENCES:,} sentences, {MOST_TRIGGERS:,} words "
            "for events): split it."
        )
    if drafts > MOST_DRAFTS:
        notices.append(f"{drafts:,} events were found; only the first {MOST_DRAFTS:,} are drafted.")
    if passed > MOST_PASSED:
        notices.append(f"{passed:,} sentences were passed over; only the first {MOST_PASSED:,} are listed.")
    return notices


class _Reader:
    """Reads sentence after sentence; what it collects is merged at the end."""

    def __init__(
        self, clock: Clock, resolutions: Sequence[Resolution], actors: ActorNames, identity: Identity
    ) -> None:
        self.clock, self.resolutions, self.actors, self.identity = clock, resolutions, actors, identity
        self.starts = [resolution.mention.start for resolution in resolutions]
        self.drafts: list[Draft] = []
        self.passed: list[Passed] = []
        self.triggers = 0
        self.only_day = clock.only_day
        self.earlier: When | None = None

    def read(self, sentence: Sentence) -> None:
        """Draft the events of one sentence."""
        line = self.clock.dateline(sentence.start)
        head = line.end if line is not None and line.paragraph == sentence.paragraph else 0
        inside = self.resolutions[
            bisect_left(self.starts, sentence.start) : bisect_left(self.starts, sentence.end)
        ]
        found = find_triggers(
            sentence,
            frozenset(r.mention.start for r in inside),
            self.clock.within(sentence.start, sentence.end),
        )
        found = [trigger for trigger in found if trigger.start >= head]
        self.triggers += len(found)
        times = [m for m in self.clock.within(sentence.start, sentence.end) if m.start >= head]
        if found:
            spots = spots_in(sentence, inside)
            named = named_actors(sentence, spots, self.actors)
            scene = Scene(sentence, spots, times, head, self._taken(times), named)
            self._draft(scene, found)
        self._remember(times, sentence)

    def _taken(self, times: Sequence[TimeMention]) -> frozenset[int]:
        return frozenset(place for time in times for place in range(time.start, time.end))

    def _remember(self, times: Sequence[TimeMention], sentence: Sentence) -> None:
        """Keep the last day named, for "on the same day"."""
        for time in times:
            if time.kind != "relative" or self.earlier is None:
                when = day_of(time, self.clock.reference(sentence.start), self.earlier)
                self.earlier = when if when.first is not None else self.earlier

    def _draft(self, scene: Scene, found: Sequence[Found]) -> None:
        evidence = evidence_of(scene.sentence)
        affirmed = _told_apart([trigger for trigger in found if not trigger.doubt])
        reasons = {trigger.doubt: scene.words_of(trigger) for trigger in reversed(found) if trigger.doubt}
        casualties = find_casualties(scene.sentence, taken=scene.taken)
        shared = _shared_out(casualties, found)
        for trigger in affirmed:
            chosen = self._place(scene, trigger)
            if chosen.spots:
                self.drafts += self._drafts_at(
                    scene, trigger, chosen, shared.get(trigger.start, []), evidence
                )
            else:
                reasons.setdefault(chosen.reason, scene.words_of(trigger))
        self.passed += [Passed(evidence, word, reason) for reason, word in reasons.items()]

    def _place(self, scene: Scene, trigger: Found) -> Chosen:
        own = [spot for spot in scene.spots if spot.start >= scene.head]
        chosen = place_of(own, trigger.start, trigger.clause, scene.sentence.text)
        if chosen.spots or own or not scene.head:
            return chosen
        line = self.clock.dateline(scene.sentence.start)
        return self._dateline_place(line) or chosen if line else chosen

    def _dateline_place(self, line: Dateline) -> Chosen | None:
        """The place at the head of the paragraph, where the report was written."""
        first, last = bisect_left(self.starts, line.start), bisect_left(self.starts, line.end)
        for resolution in self.resolutions[first:last]:
            if resolution.place is not None and resolution.place.kind not in TOO_LARGE:
                spot = Named(resolution, 0, 0, resolution.mention.start, resolution.mention.end)
                return Chosen((spot,), "the place is that of the dateline", 0.5)
        return None

    def _drafts_at(
        self,
        scene: Scene,
        trigger: Found,
        chosen: Chosen,
        casualties: Sequence[Casualties],
        evidence: Evidence,
    ) -> Iterator[Draft]:
        when = self._when(scene, trigger)
        deaths, death_notes = joined(casualties, "deaths")
        injuries, injury_notes = joined(casualties, "injuries")
        notes = [when.note, chosen.how, trigger.note, *death_notes, *injury_notes]
        if len(chosen.spots) > 1 and (deaths or injuries):
            stated = ", ".join(tally.words for tally in (deaths, injuries) if tally)
            notes.append(f"“{stated}” is said of several places together and was not divided")
            deaths = injuries = None
        acting = actors_of(scene.sentence, trigger, scene.actors)
        for spot in chosen.spots:
            if spot.resolution.place is not None:
                yield Draft(
                    event_id=self.identity.event_id(trigger.start, spot.start),
                    event_type=trigger.event_type,
                    when=when,
                    place=spot.resolution.place,
                    resolution=spot.resolution,
                    deaths=deaths,
                    injuries=injuries,
                    actors=acting,
                    evidence=(evidence,),
                    notes=tuple(dict.fromkeys(filter(None, [*notes, _beside(spot.resolution)]))),
                    confidence=_confidence(spot.resolution, chosen, when, trigger),
                )

    def _when(self, scene: Scene, trigger: Found) -> When:
        """The nearest time of the clause, else of the sentence, else the day of the dateline or the report."""
        reference = self.clock.reference(scene.sentence.start)
        usable = [time for time in scene.times if not scene.is_attribute(time)]
        dated = [time for time in usable if not is_part_of_day(time)]
        usable = dated if any(time.kind != "relative" for time in dated) else usable
        births = [time for time in usable if scene.is_birth(time)]
        usable = [time for time in usable if time not in births]
        same = [time for time in usable if scene.clause_at(time.start) == trigger.clause]
        if any(time.start > trigger.start for time in same):
            same = [time for time in same if not scene.is_of_verb_before(time, trigger)]
        if births and not usable:
            words = births[0].words
            return When(None, None, DAY, words, f"“{words}” tells of a birth: when did it happen?")
        if nearest := min(same or usable, key=lambda time: abs(time.start - trigger.start), default=None):
            if (limit := scene.word_before(nearest.start)) in _DEADLINES:
                words = f"{limit} {nearest.words}"
                return When(None, None, DAY, words, f"“{words}” is a limit: on which day was it?")
            others = [day_of(time, reference, None) for time in usable if time is not nearest]
            counted = [before for other in others if (before := day_before_other(nearest, other))]
            if counted and nearest.start < trigger.start:
                return counted[0]
            return day_of(nearest, reference, self.earlier)
        return self._default_day(scene.sentence.start)

    def _default_day(self, position: int) -> When:
        """The day of an event beside which none is written."""
        line = self.clock.dateline(position)
        proposals = (
            (line.day if line else None, f"the day is that of “{line.words}”" if line else ""),
            (self.clock.report_day, "the day is that of the report"),
            (self.only_day, "the day is the only one that the text names"),
        )
        for day, note in proposals:
            if day is not None:
                return When(day, day, DAY, note=note)
        return When(None, None, DAY, question="No day is named: when did it happen?")


def evidence_of(sentence: Sentence) -> Evidence:
    """A sentence as evidence: with its place in the text, and not endless."""
    quote = sentence.quote
    short = quote if len(quote) <= LONGEST_QUOTE else f"{quote[: LONGEST_QUOTE - 1]}…"
    return Evidence(sentence.start, sentence.end, short)


def _beside(resolution: Resolution) -> str:
    """What to say of a position that the text gives by distance and direction."""
    spot = resolution.spot
    return f"the position is good to {spot.radius_km:.0f} km: {spot.why}" if spot is not None else ""


def _told_apart(found: Sequence[Found]) -> list[Found]:
    """Leave out what another trigger of the sentence says better."""
    types = {trigger.event_type for trigger in found}
    specific = {trigger.event_type for trigger in found if not trigger.trigger.generic}
    if specific & _VIOLENT:
        found = [trigger for trigger in found if not trigger.trigger.generic]
    elif "incident" in types:
        found = [trigger for trigger in found if trigger.event_type is not None]
    told = {"diplomatic"} if specific & {"ceasefire", "handover"} else set()
    told |= {"protest"} if "riot" in specific else set()
    return [trigger for trigger in found if trigger.event_type not in told]


def _shared_out(casualties: Sequence[Casualties], found: Sequence[Found]) -> dict[int, list[Casualties]]:
    """Each statement of numbers goes to the nearest violent trigger; to none if that one is denied."""
    violent = [trigger for trigger in found if trigger.event_type in _VIOLENT]
    told = {trigger.start for trigger in _told_apart([t for t in violent if not t.doubt])}
    rivals = [trigger for trigger in violent if trigger.doubt or trigger.start in told]
    shared: dict[int, list[Casualties]] = {}
    for stated in casualties:
        nearest = min(rivals, key=lambda trigger: abs(trigger.start - stated.start), default=None)
        if nearest is not None and not nearest.doubt:
            shared.setdefault(nearest.start, []).append(stated)
    return shared


def _confidence(resolution: Resolution, chosen: Chosen, when: When, trigger: Found) -> float:
    """The place's own confidence, lowered by each thing that the sentence does not say itself."""
    day = _OPEN_DAY if when.first is None else 1.0 if when.words else _DEFAULT_DAY
    kind = _UNTYPED if trigger.event_type is None else _GENERIC if trigger.trigger.generic else 1.0
    return round(resolution.confidence * chosen.weight * day * kind, 2)
