"""What the whole of a date column proves, and the questions that it leaves open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from geo.ingest.badcell import BadCell, reads
from geo.ingest.dates import DateSurvey, Order, Reading, read_span
from geo.ingest.mapping import ColumnPlan
from geo.ingest.source import Source
from geo.model import Note, Option, Question

_ORDERS: dict[Order, str] = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
_MOST_SEEN = 200_000
"""Distinct texts of a column that are remembered; later repeats of others are only looked at again."""


@dataclass(frozen=True, slots=True)
class SurveyedDates:
    """How each date column is read, and what has to be asked or told about it."""

    readings: Mapping[str, Reading]
    questions: tuple[Question, ...] = ()
    notes: tuple[Note, ...] = ()


def survey_dates(source: Source, plan: ColumnPlan, *, zone: str, answers: Mapping[str, str]) -> SurveyedDates:
    """Read the file's date columns to the end and decide how each is read."""
    positions = {t.column.name: t.positions[0] for t in plan.targets if t.column.type == "day"}
    surveys = {name: DateSurvey() for name in positions}
    seen: dict[str, set[str]] = {name: set() for name in positions}
    for batch in source.batches():
        columns = batch.columns
        for name, position in positions.items():
            if not columns:
                continue
            new = set(columns[position]) - seen[name]
            if len(seen[name]) < _MOST_SEEN:
                seen[name] |= new
            lines = dict(zip(reversed(columns[position]), reversed(batch.lines), strict=True))
            surveys[name].add(new, lines)
    decided = [_decided(name, survey, zone, answers) for name, survey in surveys.items()]
    return SurveyedDates(
        {name: reading for name, reading, _, _ in decided},
        tuple(question for *_, questions, _ in decided for question in questions),
        tuple(note for *_, notes in decided for note in notes),
    )


def _decided(
    name: str, survey: DateSurvey, zone: str, answers: Mapping[str, str]
) -> tuple[str, Reading, list[Question], list[Note]]:
    reading = Reading(zone=zone)
    questions: list[Question] = []
    notes: list[Note] = []
    if survey.serial:
        reading = _excel(name, survey, reading, questions, answers)
    if survey.short:
        return name, _short_years(name, survey, reading, questions, answers), questions, notes
    if survey.day_first or survey.month_first or survey.ambiguous:
        reading = _order(name, survey, reading, questions, notes, answers)
    return name, reading, questions, notes


def _excel(
    name: str, survey: DateSurvey, reading: Reading, questions: list[Question], answers: Mapping[str, str]
) -> Reading:
    key = f"excel:{name}"
    answer = answers.get(key, answers.get("excel", ""))
    if answer not in {"yes", "no"}:
        text = next(iter(survey.serial))
        sample = read_span(text, Reading(excel=True)).first
        questions.append(
            Question(
                key,
                "DAT-03",
                f"{name} holds numbers such as {text}: are they Excel days?",
                (Option("yes", "Excel days", f"{text} is {sample}"), Option("no", "no, reject these rows")),
                proposed="yes",
            )
        )
    return replace(reading, excel=answer != "no")


def _short_years(
    name: str, survey: DateSurvey, reading: Reading, questions: list[Question], answers: Mapping[str, str]
) -> Reading:
    key = f"date_order:{name}"
    # Full years in the same column prove the order for the short ones, or are read by the answer like them.
    proved: Order = "dmy" if survey.day_first else "mdy" if survey.month_first else ""
    orders = [proved] if proved and not (survey.day_first and survey.month_first) else list(_ORDERS)
    texts = list(islice(survey.short, 2)) + list(islice(survey.ambiguous, 1))
    best = max(
        orders,
        key=lambda order: sum(reads(read_span, text, replace(reading, order=order)) for text in survey.short),
    )
    answer = answers.get(key, answers.get("date_order", ""))
    if answer not in orders:
        text = next(iter(survey.short))
        questions.append(
            Question(
                key,
                "DAT-06",
                f"{name} holds years of two digits, such as {text[:20]} in line {survey.short[text]}: "
                f"which order is it? Years from {reading.pivot} on are read as 19{reading.pivot} and later.",
                _different(_sampled(order, texts, reading) for order in orders),
                proposed=best,
            )
        )
        return replace(reading, order=best, mixed=True)
    return replace(reading, order=_order_of(answer))


def _order(
    name: str, survey: DateSurvey, reading: Reading, questions: list[Question], notes: list[Note],
    answers: Mapping[str, str],
) -> Reading:  # fmt: skip
    if bool(survey.day_first) != bool(survey.month_first):
        proved: Order = "dmy" if survey.day_first else "mdy"
        count = survey.day_first or survey.month_first
        notes.append(
            Note(
                "DAT-01",
                f"{name} was read {_ORDERS[proved]}: {count} of its dates can be read in no other way",
            )
        )
        return replace(reading, order=proved)
    if not survey.ambiguous:
        return replace(reading, order="each")
    key = f"date_order:{name}"
    answer = answers.get(key, answers.get("date_order", ""))
    mixed = bool(survey.day_first)
    if answer in {"dmy", "mdy"}:
        notes.append(Note("DAT-01", f"{name} was read {_ORDERS[_order_of(answer)]}, as answered"))
        return replace(reading, order=_order_of(answer), mixed=mixed)
    text, line = next(iter(survey.ambiguous.items()))
    why = "the column holds both orders" if mixed else "nothing in the column proves the order"
    if answer != "leave":
        options = [_sampled(order, survey.ambiguous, reading) for order in ("dmy", "mdy")]
        questions.append(
            Question(
                key,
                "DAT-01",
                f"{name} holds {text[:20]} in line {line}, and {why}: which comes first?",
                (*options, Option("leave", "leave these rows out")),
                proposed="leave" if mixed else "dmy",
            )
        )
    return replace(reading, order="each" if mixed or answer == "leave" else "dmy")


def _sampled(order: Order, texts: Iterable[str], reading: Reading) -> Option:
    samples = []
    for text in list(texts)[:3]:
        try:
            samples.append(f"{text} is {read_span(text, replace(reading, order=order)).first}")
        except BadCell:
            samples.append(f"{text} is no day")
    return Option(order, _ORDERS[order], "; ".join(samples))


def _different(options: Iterable[Option]) -> tuple[Option, ...]:
    """The options that differ: where a month is a word, all orders say the same."""
    return tuple({option.sample: option for option in reversed(list(options))}.values())[::-1]


def _order_of(answer: str) -> Order:
    return next(order for order in _ORDERS if order == answer)
