"""Questions about places and texts, out of what the rows showed."""

from collections import Counter
from collections.abc import Mapping, Sequence

from geo.ingest.cases import EMPTY, FIX, KEEP, LEAVE, Case, Cases
from geo.model import Candidate, Note, Option, Question
from geo.problems import PROBLEMS

MOST_NAMES = 25
"""Names that are asked one by one; more than that are one question."""
_MOVES = {
    "sign": ("GEO-07", "a minus sign was lost or put in", "mend the sign"),
    "swap": ("GEO-04", "latitude and longitude changed places", "swap them back"),
}


def bidi_question(counts: Mapping[str, int], answers: Mapping[str, str]) -> list[Question]:
    """Hidden characters that turn text around are taken out only when somebody says so."""
    if not counts.get("TXT-01") or answers.get("bidi") in {"strip", KEEP}:
        return []
    text = f"{counts['TXT-01']} cells hold hidden characters that show letters in another order: remove them?"
    options = (Option("strip", "remove them"), Option(KEEP, "keep them, shown as written"))
    return [Question("bidi", "TXT-01", text, options, proposed="strip")]


def place_questions(cases: Cases, answers: Mapping[str, str]) -> list[Question]:
    """What rows contradict, in the order in which it should be settled."""
    asked = [_move_question(kind, cases.of(kind)) for kind in _MOVES if cases.of(kind)]
    if lost := cases.of("country"):
        asked.append(_lost_question(lost))
    names = [*cases.of("empty"), *cases.of("far")]
    if len(names) > MOST_NAMES:
        asked.append(_many_names_question(names))
    else:
        asked += [_name_question(case) for case in names]
    return [question for question in asked if question.key not in answers]


def open_name_options(case: Case) -> tuple[Option, ...]:
    """What a name without a point may mean."""
    return tuple(candidate_option(candidate) for candidate in case.alternatives)


def candidate_option(candidate: Candidate) -> Option:
    """A candidate as an answer."""
    place = candidate.place
    where = ", ".join(filter(None, (place.admin1, place.admin0)))
    return Option(place.place_id, f"{place.name}, {place.kind} in {where} ({place.lat:.2f}, {place.lon:.2f})")


def reading_notes(counts: Counter[str], examples: Mapping[str, str], asked: Sequence[str]) -> list[Note]:
    """What was read in another form than it was written, with one example of each."""
    notes = []
    for code, count in sorted(counts.items()):
        if code in asked or code in {"TXT-01", "DAT-01"}:
            continue
        example = f", for instance {examples[code]!r}" if code in examples else ""
        # A foreign type keeps its word, so nothing of the file was changed.
        text = f"{PROBLEMS[code].title}: {count} cell{'s' if count > 1 else ''}{example}"
        notes.append(Note(code, text, "said" if code == "VAL-07" else "normalised"))
    return notes


def _move_question(kind: str, found: Sequence[Case]) -> Question:
    code, what, fix = _MOVES[kind]
    rows, first = sum(case.rows for case in found), found[0]
    text = (
        f"{rows} point{'s lie' if rows > 1 else ' lies'} far from the stated country (line {first.line}: {first.sample}, "
        f"{first.country}) as if {what}: {fix}?"
    )
    options = (Option(FIX, fix), Option(KEEP, "keep the points"), Option(LEAVE, "leave these rows out"))
    return Question(kind, code, text, options, proposed=FIX)


def _lost_question(found: Sequence[Case]) -> Question:
    rows, first = sum(case.rows for case in found), found[0]
    text = (
        f"{rows} point{'s lie' if rows > 1 else ' lies'} far from the stated country "
        f"(line {first.line}: {first.sample}, {first.country}): keep them?"
    )
    return Question(
        "country",
        "GEO-07",
        text,
        (Option(KEEP, "keep the points"), Option(LEAVE, "leave these rows out")),
        KEEP,
    )


def _name_question(case: Case) -> Question:
    options = [Option(KEEP, "the point is right, the name stays a label")]
    if case.kind == "empty":
        options = [Option(KEEP, "it is the name of the place"), Option(EMPTY, "it stands for nothing")]
        text, code = f"Line {case.line} names the place {case.name!r}: is that a name?", "TXT-05"
    else:
        code = "PLC-02"
        text = f"{case.name!r} (line {case.line}) lies {case.km:,.0f} km from its point: which is right?"
    options += [candidate_option(candidate) for candidate in case.alternatives]
    options.append(Option(LEAVE, "leave these rows out"))
    return Question(case.key, code, text, tuple(options), proposed=KEEP)


def _many_names_question(found: Sequence[Case]) -> Question:
    rows, first = sum(case.rows for case in found), found[0]
    text = (
        f"{len(found)} names in {rows} rows lie far from their points (line {first.line}: {first.name!r}, "
        f"{first.km:,.0f} km): which are right?"
    )
    options = (
        Option(KEEP, "the points are right, the names stay labels"),
        Option(LEAVE, "leave these rows out"),
    )
    return Question("places", "PLC-02", text, options, proposed=KEEP)
