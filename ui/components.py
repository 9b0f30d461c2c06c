"""Our own browser components: code of ours, data as JSON that they write as text."""

from typing import Any

import streamlit as st

from ui.parts import SOURCES, joined_script


def _component(name: str, html: str, *styles: str) -> Any:
    return st.components.v2.component(
        f"conflictmap_{name}",
        html=html,
        css="".join((SOURCES / f"{style}.css").read_text("utf-8") for style in (*styles, name)),
        js=joined_script(f"{name}.js"),
        isolate_styles=False,
    )


map_component = _component("map", '<div class="map-host"></div>')
panel_component = _component("panel", '<div class="panel-host"></div>')
link_component = _component("link", '<div class="link-host"></div>')
report_component = _component("report", '<div class="report-host"></div>', "map")
