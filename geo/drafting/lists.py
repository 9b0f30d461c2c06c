"""Word lists that are written as one text."""


def listed(text: str) -> list[str]:
    """The words in order."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """The words as a set."""
    return frozenset(text.split())
