"""The files and data of pages that Streamlit does not make."""

import json
import re

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from geo.settings import read_settings
from ui.api import base_url

_TYPES = {"js": "text/javascript", "css": "text/css"}
PARTS = frozenset({"map.js", "bare.js", "map.css", "bare.css"})
"""The files that are given out, all ours."""


SOURCES = read_settings().web_dir / "src" / "components"
_IMPORT = re.compile(r'^import [^;]* from "\./(?P<file>\w+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (default )?", re.MULTILINE)


def joined_script(file: str) -> str:
    """A module with all that it imports, each once, as one text: who cannot fetch modules is handed a single script."""
    return _joined(file, set())


def _joined(file: str, seen: set[str]) -> str:
    seen.add(file)
    text = (SOURCES / file).read_text("utf-8")
    needed = [match["file"] for match in _IMPORT.finditer(text)]
    parts = [_EXPORT.sub("", _joined(other, seen)) for other in needed if other not in seen]
    return "".join((*parts, _IMPORT.sub("", text)))


def script_data(data: object) -> str:
    """JSON that no HTML parser can end early."""
    text = json.dumps(data, ensure_ascii=True, allow_nan=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _part(request: Request) -> Response:
    """One of the files."""
    name = request.path_params["name"]
    if name not in PARTS:
        return PlainTextResponse("no such part", status_code=404)
    text = (SOURCES / name).read_text("utf-8")
    return Response(text, media_type=_TYPES[name.rpartition(".")[2]], headers={"cache-control": "no-cache"})


PART_ROUTES = [Route(f"{base_url()}/part/{{name}}", _part)]
"""They carry no data, so that nobody has to log in for them."""
