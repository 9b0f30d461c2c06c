"""Is this span a place at all? Each rule gives its reason; the first that objects decides."""

from collections.abc import Callable
from dataclasses import dataclass

from geo.gazetteer.normalise import mixed_scripts
from geo.geoparse import words
from geo.geoparse.objections import A_PERSON, RULES, is_organisation
from geo.geoparse.span import Span
from geo.geoparse.surroundings import Around

SUGGESTED = 0.7
"""Belief in what a language model of the user takes for a place."""
MIXED = "letters of two alphabets"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A span with the strength of the belief that it names a place (0 = rejected) and the reason."""

    span: Span
    strength: float
    reason: str


def judge(around: Around) -> Verdict:
    """The verdict on one span."""
    if not around.name.isascii() and mixed_scripts(around.name):
        return Verdict(around.span, 0.0, MIXED)
    objection, strength = _JUDGES[around.span.kind](around)
    return Verdict(around.span, 0.0 if objection else strength, objection or around.span.kind)


def _judge_name(around: Around) -> tuple[str, float]:
    objection = next((reason for reason, objects in RULES if objects(around)), "")
    return objection, 0.97 if around.has_evidence or around.is_big else 0.9


def _judge_lower_case(around: Around) -> tuple[str, float]:
    if around.joins_before or around.word_after() in words.ORGANISATION:
        return "part of another word", 0.0
    if around.span.key in words.DOUBTFUL_LOWER and not _is_bare_after_preposition(around):
        return "a common noun in small letters", 0.0
    return "", 0.85


def _is_bare_after_preposition(around: Around) -> bool:
    after = around.after()
    ends = after is None or not after.is_word or after.lower in words.FUNCTION_WORDS
    return around.word_before() in words.LOCATIVE and ends


def _judge_extended(around: Around) -> tuple[str, float]:
    return ("an organisation", 0.0) if is_organisation(around) else ("", 0.96)


def _judge_unknown(around: Around) -> tuple[str, float]:
    if around.word_before() in words.TITLES or around.first.lower in words.given_names():
        return A_PERSON, 0.0
    if around.holds_name and around.last.lower not in words.ADMIN_WORDS:
        return "made of listed names", 0.0
    return ("", 0.9) if _is_called_place(around) else ("nothing says that it is a place", 0.0)


def _is_called_place(around: Around) -> bool:
    """Whether "village of" stands before it, "Province" ends it, or a preposition and "region" enclose it."""
    if around.has_generic_before and around.word_before() != "capital":
        return True
    last = around.last.lower
    if not around.is_single and last in words.ADMIN_WORDS and last != "state":
        return not is_organisation(around)
    return around.has_generic_after and around.is_located


def _judge_former_state(around: Around) -> tuple[str, float]:
    return ("an organisation", 0.0) if is_organisation(around) else ("", 0.99)


def _judge_suggested(_: Around) -> tuple[str, float]:
    return "", SUGGESTED


_JUDGES: dict[str, Callable[[Around], tuple[str, float]]] = {
    "name": _judge_name,
    "lower_case": _judge_lower_case,
    "extended": _judge_extended,
    "unknown": _judge_unknown,
    "former_state": _judge_former_state,
    "sound": _judge_unknown,
    "suggested": _judge_suggested,
}
