"""The map alone, for a page of somebody else: ``?embed=1``. It needs no session, writes nothing and is quickly there."""

import html
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from string import Template
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from geo.settings import read_settings
from geo.view import view_from_query
from ui.api import base_url
from ui.desk import desk
from ui.guard import Refusal
from ui.mapdata import map_data, position_of
from ui.policies import BARE_POLICY

PARTS = {
    "map.js": "text/javascript",
    "bare.js": "text/javascript",
    "map.css": "text/css",
    "bare.css": "text/css",
}
"""The files of which the page is made, all ours."""
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
    from geo.workflows.figures import last_day  # noqa: PLC0415  (see ui.desk)

    counts = Counter(key for key, _ in given)
    known = {key: value for key, value in given if counts[key] == 1 and key not in {"embed", "stats"}}
    newest = desk().model()
    last = last_day(newest, fallback=desk().situation.last_day)
    view, notices = view_from_query(known, parties=newest.party_codes, last_day=last)
    if view.known and view.known > newest.revision:
        notices.append("The link's “known” was ignored: the store has no such change.")
        view = replace(view, known=None)
    notices += [
        f"The link's “{key[:40]}” was ignored: it is given twice." for key in counts if counts[key] > 1
    ]
    model = desk().model(view.known)
    if view.picked and view.picked not in model.events.ids:
        notices.append("The link's “pick” was ignored: no event has this id.")
        view = replace(view, picked="")
    picked = position_of(view.picked, model.events.ids)
    data = map_data(
        view, as_of=view.as_of or last, picked=picked, revision=model.revision, stamp=1, bare=True
    )
    return HTMLResponse(
        _PAGE.substitute(
            title=html.escape(desk().situation.title),
            base=base_url(),
            data=_script_data(data),
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


def _part(request: Request) -> Response:
    """One of the page's own files."""
    name = request.path_params["name"]
    if name not in PARTS:
        return PlainTextResponse("no such part", status_code=404)
    text = (read_settings().web_dir / "src" / "components" / name).read_text("utf-8")
    return Response(text, media_type=PARTS[name], headers={"cache-control": "no-cache"})


def _script_data(data: object) -> str:
    """JSON that no HTML parser can end early."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


BARE_ROUTES = [Route(f"{base_url()}/part/{{name}}", _part)]
"""They carry no data, so that nobody has to log in for them."""
