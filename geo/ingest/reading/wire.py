"""How notes, questions, issues and refusals travel from the worker: as plain JSON, checked on arrival."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from geo.errors import InputRefused, SettingError
from geo.model import Issue, Note, Option, Question

Reply = dict[str, Any]


def refusal_reply(error: InputRefused | SettingError) -> Reply:
    """A refusal as it travels."""
    return {"refused": str(error), "code": getattr(error, "code", "")}


def raise_refusal(reply: Mapping[str, Any]) -> None:
    """Raise what the worker refused with, if it did.

    Raises
    ------
    InputRefused, SettingError
        As the worker raised it.
    """
    if "refused" in reply:
        if reply["code"]:
            raise InputRefused(str(reply["refused"]), code=str(reply["code"]))
        raise SettingError(str(reply["refused"]))


def said(notes: Sequence[Note] = (), questions: Sequence[Question] = ()) -> Reply:
    """Notes and questions as they travel."""
    return {"notes": [asdict(note) for note in notes], "questions": [asdict(each) for each in questions]}


def notes_in(reply: Mapping[str, Any]) -> tuple[Note, ...]:
    """The notes of a reply."""
    return tuple(
        Note(str(note["code"]), str(note["text"]), note["weight"]) for note in reply.get("notes", ())
    )


def questions_in(reply: Mapping[str, Any]) -> tuple[Question, ...]:
    """The questions of a reply."""
    return tuple(
        Question(
            str(each["key"]),
            str(each["code"]),
            str(each["text"]),
            tuple(Option(str(o["value"]), str(o["label"]), str(o["sample"])) for o in each["options"]),
            str(each["proposed"]),
            bool(each["free"]),
        )
        for each in reply.get("questions", ())
    )


def issue_in(parts: Sequence[Any]) -> Issue:
    """An issue from its parts."""
    line, *texts = parts
    return Issue(int(line), *(str(text) for text in texts))


def parts_of(issue: Issue) -> list[Any]:
    """An issue as the list of its parts."""
    return [issue.line, issue.column, issue.value, issue.code, issue.reason, issue.fix]
