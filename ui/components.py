"""Our own browser components: code of ours, data as JSON that they write as text."""

import re
from typing import Any

import streamlit as st

from geo.settings import read_settings

_SOURCES = read_settings().web_dir / "src" / "components"
_IMPORT = re.compile(r'^import [^;]* from "\./(?P<file>\w+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (default )?", re.MULTILINE)


def _joined(file: str, seen: set[str]) -> str:
    """A module with all that it imports, each once, as one text: a component is handed a single script."""
    seen.add(file)
    text = (_SOURCES / file).read_text("utf-8")
    needed = [match["file"] for match in _IMPORT.finditer(text)]
    parts = [_EXPORT.sub("", _joined(other, seen)) for other in needed if other not in seen]
    return "".join((*parts, _IMPORT.sub("", text)))


def _component(name: str, html: str, *styles: str) -> Any:
    return st.components.v2.component(
        f"conflictmap_{name}",
        html=html,
        css="".join((_SOURCES / f"{style}.css").read_text("utf-8") for style in (*styles, name)),
        js=_joined(f"{name}.js", set()),
        isolate_styles=False,
    )


map_component = _component("map", '<div class="map-host"></div>')
panel_component = _component("panel", '<div class="panel-host"></div>')
link_component = _component("link", '<div class="link-host"></div>')
report_component = _component("report", '<div class="report-host"></div>', "map")
