"""A person's answer to a question about a file, checked against what the question offers."""

from collections.abc import Mapping

from geo.errors import SettingError
from geo.ingest.reading.labels import shown
from geo.model import Question


class Answers(dict[str, str]):
    """Answers that somebody gave; ``asked`` tells which keys the file made anybody look for, given or not."""

    def __init__(self, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self.asked: set[str] = set()

    def __getitem__(self, key: str) -> str:
        """The answer, which is noted as asked for."""
        self.asked.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: str | None = None, /) -> str | None:  # type: ignore[override]
        """The answer or the default; noted as asked for in either case."""
        self.asked.add(key)
        return super().get(key, default)


def choose(question: Question, answers: Mapping[str, str]) -> tuple[int, list[Question]]:
    """Position of the option that was chosen, or of the proposed one with the question still open.

    A single option needs no question.
    """
    values = [option.value for option in question.options]
    if len(values) == 1:
        return 0, []
    answer = answer_to(question, answers)
    if answer is None:
        return values.index(question.proposed), [question]
    return values.index(answer), []


def answer_to(question: Question, answers: Mapping[str, str]) -> str | None:
    """The option that was chosen, None when the question was not answered.

    Raises
    ------
    SettingError
        The answer is none of the options, and the question takes no others.
    """
    given = answers.get(question.key)
    if given is None:
        return None
    wanted = given.strip().casefold()
    for option in question.options:
        if option.value.casefold() == wanted:
            return option.value
    if question.free:
        return given.strip()
    offered = ", ".join(shown(option.value, longest=40) for option in question.options[:30])
    raise SettingError(
        f"“{shown(given, longest=40)}” does not answer {question.key}: choose one of {offered}."
    )
