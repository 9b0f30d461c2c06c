"""The map alone, for a page of somebody else: ``?embed=1``. It needs no session, writes nothing and is quickly there."""

import html
from collections.abc import Sequence
from string import Template
from urllib.parse import urlencode

from starlette.responses import HTMLResponse, Response

from ui.api import base_url
from ui.desk import desk
from ui.guard import Refusal
from ui.linkedmap import map_of_link
from ui.parts import script_data
from ui.policies import BARE_POLICY

_PAGE = Template("""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title><link rel="stylesheet" href="$base/part/map.css"><link rel="stylesheet" href="$base/part/bare.css">
<link rel="modulepreload" href="$base/part/map.js">$preloads
<script type="application/json" id="data">$data</script><script type="module" src="$base/part/bare.js"></script></head>
<body><main><h1>$title</h1>$notices<div class="map-host"></div></main>
<footer><a href="$full" target="_blank" rel="noopener">Open the full map</a></footer></body></html>
""")


_LOCKED = Template("""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Log in</title><link rel="stylesheet" href="$base/part/bare.css"></head>
<body><main><p>$reason</p></main><footer><a href="./" target="_blank" rel="noopener">Open the dashboard</a></footer></body></html>
""")
_PRELOAD = '<link rel="preload" as="fetch" crossorigin href="{}">'
"""Asked for at once, not only when the scripts have been read."""


def bare_page(given: Sequence[tuple[str, str]]) -> Response:
    """The page for the parameters of a link; those that are wrong or stand twice are named on it and left out."""
    data, known, notices = map_of_link(given, bare=True)
    return HTMLResponse(
        _PAGE.substitute(
            title=html.escape(desk().situation.title),
            base=base_url(),
            data=script_data(data),
            preloads="".join(_PRELOAD.format(data[kind]) for kind in ("events", "words", "areas")),
            notices="".join(f"<p class='notice'>{html.escape(notice)}</p>" for notice in notices),
            full=html.escape(f"?{urlencode(known)}"),
        ),
        headers={"content-security-policy": BARE_POLICY},
    )


def locked_page(refused: Refusal) -> Response:
    """What stands in the place of the map for somebody who may not see it, and why."""
    page = _LOCKED.substitute(base=base_url(), reason=html.escape(refused.reason))
    headers = {"content-security-policy": BARE_POLICY, "cache-control": "no-store"}
    return HTMLResponse(page, status_code=refused.status, headers=headers)
