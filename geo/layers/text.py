"""The only door between data and the map's template.

Folium renders its output through Jinja twice, so a name that holds ``{{…}}`` would run as code on the
server, and ``${…}`` or markup would run in the browser. Nothing that a person wrote passes here: numbers,
codes, colours and our own fixed strings only.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from geo.errors import UnsafeText

_CODE = re.compile(r"[A-Za-z0-9_#.:+-]{0,80}")


def map_code(value: str) -> str:
    """The string itself if it can be nothing but a code or colour.

    Raises
    ------
    UnsafeText
        It holds a character that could mean something to a template, HTML or JavaScript.
    """
    if not _CODE.fullmatch(value):
        raise UnsafeText(
            f"{value[:40]!r} was about to enter the map's template: send words with the frame's JSON instead."
        )
    return value


def script_json(value: Any) -> str:
    """JSON of numbers and codes that may stand in a script inside a template.

    Raises
    ------
    UnsafeText
        A string in it is no code, or a number is not finite.
    """
    _check(value)
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def _check(value: Any) -> None:
    if isinstance(value, str):
        map_code(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            map_code(key)
            _check(item)
    elif isinstance(value, Sequence):
        for item in value:
            _check(item)
    elif isinstance(value, float) and not math.isfinite(value):
        raise UnsafeText(f"{value} is not a number that JSON can carry.")
