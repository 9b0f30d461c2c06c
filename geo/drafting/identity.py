"""What a report and its events are recognised by, however lines are broken and spaces set."""

import hashlib
import re
from bisect import bisect_left

_SPACE = re.compile(r"\s")


def text_digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, with each run of white space as one space and none at its ends."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()


class Identity:
    """Ids for the events of one text; positions count what can be seen, so that white space moves none of them."""

    def __init__(self, text: str) -> None:
        self._digest = text_digest(text)[:10]
        self._spaces = [match.start() for match in _SPACE.finditer(text)]

    def event_id(self, *positions: int) -> str:
        """The id of the event that was read at these positions of the text."""
        visible = (position - bisect_left(self._spaces, position) for position in positions)
        return "-".join(("R", self._digest, *map(str, visible)))
