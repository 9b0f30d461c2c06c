"""Why a name was taken for a place, in words: the terms of a score, and how a mention was judged."""

from collections.abc import Mapping

TERM_WORDS: Mapping[str, str] = {
    "kind": "names of countries, regions and rivers are meant more often than towns of that name",
    "population": "number of inhabitants",
    "main_name": "this is its main name",
    "capital": "it is the capital of its country",
    "own_place": "it is listed with the data of this conflict",
    "asked_country": "the text is known to be about its country",
    "on_the_map": "it lies on the map of this situation",
    "country_share": "other names of the text lie in its country",
    "country_named": "the text names its country",
    "with_countries": "the text names other countries too",
    "unit_share": "other names of the text lie in its province",
    "unit_named": "the text names its province",
    "near_others": "other names of the text lie near it",
    "container": "the larger place named right after it",
    "contains": "the smaller place named right before it",
    "area_word": "a word such as “district” stands beside it",
    "near": "it lies near what the map shows",
    "similarity": "how much of the name agrees",
    "edits": "letters that differ",
    "unwritten": "letters that were not written",
    "machine_spelling": "the name is a code or an automatic spelling",
}
"""Every term of :class:`geo.model.Candidate`; a number above 0 speaks for the place, one below against it."""
METHOD_WORDS: Mapping[str, str] = {
    "name": "The name stands in the gazetteer.",
    "extended": "The name was read together with the word for its unit.",
    "lower_case": "The name is written small in the text.",
    "several readings": "Several places bear this name, and the text does not tell them apart.",
    "area of a town": "The text speaks of an area, and only its town is known.",
    "doubtful": "It may be no place, or another one: the text says too little.",
    "former_state": "This is a state that no longer exists.",
    "unknown": "It reads like a place, but the gazetteer has no such name.",
    "sound": "The gazetteer has no such name; these places have one that sounds like it.",
    "suggested": "The gazetteer has no such name; these are places that may be meant.",
    "learnt": "Somebody taught here what this name means.",
}
"""What the recogniser said of a mention."""


def term_words(code: str) -> str:
    """The words of a term."""
    return TERM_WORDS.get(code, code.replace("_", " "))


def method_words(code: str) -> str:
    """The words of a method."""
    return METHOD_WORDS.get(code, code.replace("_", " "))
