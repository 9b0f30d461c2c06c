"""Our own browser components: code of ours, data as JSON that they write as text."""

from typing import Any

import streamlit as st

from geo.settings import read_settings

_SOURCES = read_settings().web_dir / "src" / "components"


def _component(name: str, html: str) -> Any:
    return st.components.v2.component(
        f"conflictmap_{name}",
        html=html,
        css=(_SOURCES / f"{name}.css").read_text("utf-8"),
        js=(_SOURCES / f"{name}.js").read_text("utf-8"),
        isolate_styles=False,
    )


map_component = _component("map", '<div class="map-host"></div>')
panel_component = _component("panel", '<div class="panel-host"></div>')
link_component = _component("link", '<div class="link-host"></div>')
report_component = _component("report", '<div class="report-host"></div>')
