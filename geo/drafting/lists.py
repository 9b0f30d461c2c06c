"""Word lists that are written as one text, and the walk that looks for their phrases."""

from collections.abc import Callable, Iterator
from typing import TypeVar

T = TypeVar("T")


def listed(text: str) -> list[str]:
    """The words in order."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """The words as a set."""
    return frozenset(text.split())


PASSIVE = word_set("were was been being are is")


def found_along(count: int, longest: Callable[[int], tuple[T, int] | None]) -> Iterator[tuple[int, T, int]]:
    """What stands at each of ``count`` words, without overlap: its first word, itself, and the word after it.

    ``longest`` gives for a word what begins there and where that ends.
    """
    index = 0
    while index < count:
        match = longest(index)
        if match is None:
            index += 1
            continue
        found, last = match
        yield index, found, last
        index = last
