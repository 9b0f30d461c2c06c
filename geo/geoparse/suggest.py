"""Names that a language model proposes besides ours, where the user has one: spaCy or GLiNER. Neither is needed.

A proposal is a candidate like any other: rules and trees leave it in, but it competes with the listed names around
it, is looked up like them, and is said to come from the model.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from typing import Any

from geo.errors import SettingError
from geo.gazetteer.normalise import name_key
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.span import Span
from geo.geoparse.tokens import Token

Suggester = Callable[[str], Iterable[tuple[int, int]]]
"""Gives the stretches of a text (code points, end exclusive) that it takes for places."""

_SPACY_LABELS = frozenset({"GPE", "LOC", "FAC"})
_GLINER_LABELS = ("place", "city", "country", "region", "village")
LONGEST_TEXT = 200_000
"""A language model needs memory in proportion; what comes after is read by our own recogniser alone."""


@lru_cache(maxsize=2)
def suggester(setting: str) -> Suggester | None:
    """The model that ``spacy:NAME`` or ``gliner:NAME`` names; None for an empty setting.

    Raises
    ------
    SettingError
        The setting is not like that, or the library or its model is not installed.
    """
    if not setting:
        return None
    library, _, model = setting.partition(":")
    made = {"spacy": _spacy, "gliner": _gliner}.get(library)
    if made is None or not model:
        raise SettingError(
            f"CONFLICTMAP_NER: {setting[:60]!r} is not like spacy:en_core_web_sm or gliner:MODEL."
        )
    try:
        return made(model)
    except (ImportError, OSError) as missing:
        raise SettingError(
            f"CONFLICTMAP_NER: {setting[:60]!r} cannot be loaded ({missing}): install {library} and the model, or leave "
            "the setting empty."
        ) from missing


def _spacy(model: str) -> Suggester:
    read: Any = import_module("spacy").load(model)

    def suggest(text: str) -> list[tuple[int, int]]:
        return [
            (e.start_char, e.end_char) for e in read(text[:LONGEST_TEXT]).ents if e.label_ in _SPACY_LABELS
        ]

    return suggest


def _gliner(model: str) -> Suggester:
    read: Any = import_module("gliner").GLiNER.from_pretrained(model)

    def suggest(text: str) -> list[tuple[int, int]]:
        found = read.predict_entities(text[:LONGEST_TEXT], list(_GLINER_LABELS))
        return [(entity["start"], entity["end"]) for entity in found]

    return suggest


def suggested_spans(
    text: str, tokens: list[Token], stretches: Iterable[tuple[int, int]], lexicon: Lexicon
) -> list[Span]:
    """The proposals that begin and end with a word of the text, as spans with what the gazetteer knows of them."""
    stretches = list(stretches)
    if not stretches:
        return []
    first = {token.start: index for index, token in enumerate(tokens)}
    last = {token.end: index + 1 for index, token in enumerate(tokens)}
    spans = []
    for start, end in stretches:
        if start in first and end in last and first[start] < last[end]:
            candidates, _ = lexicon.any_form(text[start:end])
            spans.append(Span(first[start], last[end], name_key(text[start:end]), "suggested", candidates))
    return spans
