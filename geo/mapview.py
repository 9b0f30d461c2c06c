"""The map frame as one HTML page: folium's map, our layers, and local assets only.

The same page serves the browser, exports and tests. Libraries and our own code are put in after folium
has rendered, so that nothing of them passes through its templates; an address of another host anywhere
is an error while building, not a blank map.
"""

import base64
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import folium
from branca.element import Element, MacroElement

from geo.crs import latlon
from geo.errors import ServiceError, UnsafeText
from geo.layers.basemap import BASE_PANE
from geo.symbols import POST_MARKS, SHAPES

MIN_ZOOM, MAX_ZOOM = 3, 13
TEMPLATE_TOKENS = ("{{", "{%", "{#", "${")
_FOREIGN = re.compile(
    r"""(?:\bsrc\s*=\s*["']?\s*|<link[^>]+href\s*=\s*["']?|url\(\s*["']?|@import\s+["'])(?:https?:)?//""",
    re.IGNORECASE,
)
_VIEWPORT = re.compile(r'<meta name="viewport".*?/>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Assets:
    """The text of everything that the page needs: Leaflet, our modules by name, our style sheet."""

    leaflet_js: str
    leaflet_css: str
    modules: dict[str, str]
    style: str


def read_assets(web_dir: Path) -> Assets:
    """Read the browser code that the set-up put in place.

    Raises
    ------
    ServiceError
        The browser libraries are not installed.
    """
    vendor, source = web_dir / "vendor", web_dir / "src" / "frame"
    try:
        return Assets(
            leaflet_js=(vendor / "leaflet.js").read_text("utf-8"),
            # Its pictures belong to controls that the map does not use.
            leaflet_css=re.sub(r"url\(images/[^)]*\)", "none", (vendor / "leaflet.css").read_text("utf-8")),
            modules={
                path.relative_to(source).with_suffix("").as_posix(): path.read_text("utf-8")
                for path in sorted(source.rglob("*.js"))
            },
            style=(source / "frame.css").read_text("utf-8"),
        )
    except OSError as error:
        raise ServiceError(
            f"The browser libraries are missing ({error.filename}): run scripts/run once."
        ) from error


def frame_html(
    layers: Sequence[MacroElement], *, extent: tuple[float, float, float, float], assets: Assets
) -> str:
    """The page of the map frame with these layers, from bottom to top.

    Raises
    ------
    UnsafeText
        An element of the tree carries template or script syntax.
    ServiceError
        The page would ask another host for something.
    """
    west, south, east, north = extent
    map_ = folium.Map(
        location=latlon((west + east) / 2, (south + north) / 2),
        zoom_start=7,  # the frame fits the extent once it knows its own size
        tiles=None,
        min_zoom=MIN_ZOOM,
        max_zoom=MAX_ZOOM,
        zoom_snap=0.25,
        track_resize=False,  # the frame watches its own size, and tells its moves from those of a person
        attributionControl=True,
    )
    map_.options["max_zoom"] = MAX_ZOOM
    map_.default_js, map_.default_css = [], []
    folium.map.CustomPane(BASE_PANE, z_index=200, pointer_events=False).add_to(map_)
    for layer in layers:
        layer.add_to(map_)
    _number_elements(map_)
    guard_tree(map_)
    page = map_.get_root().render()
    guard_page(page)
    return _with_assets(page, assets)


def guard_tree(element: Element) -> None:
    """Refuse template syntax in any element before rendering, since rendering would already run it.

    Raises
    ------
    UnsafeText
    """
    for text in _strings(element.get_root()):
        _refuse_code(text)


def _strings(value: object) -> Iterator[str]:
    """Every text inside nested elements, lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Element):
        # A popup keeps its words in an element that is none of its children.
        yield from _strings({name: part for name, part in vars(value).items() if name != "_parent"})
    elif isinstance(value, Mapping) and value.get("type") == "FeatureCollection":
        yield json.dumps(value)  # a hundred thousand coordinates: its text as a whole shows the same tokens
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _strings(key)
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def _refuse_code(text: str) -> None:
    for token in TEMPLATE_TOKENS:
        if token in text:
            raise UnsafeText(
                f"The map's tree holds {token!r}, which is code to a template: a layer let words in."
            )


def guard_page(page: str) -> None:
    """Refuse a rendered tree in which template or script syntax survived, or that asks another host.

    Raises
    ------
    UnsafeText, ServiceError
    """
    _refuse_code(page)
    guard_addresses(page)


def guard_addresses(page: str) -> None:
    """Refuse a page that names another host as a source.

    Raises
    ------
    ServiceError
    """
    if found := _FOREIGN.search(page):
        near = page[max(found.start() - 20, 0) : found.end() + 40]
        raise ServiceError(f"The map page would ask another host ({near!r}): use a local asset.")


def _number_elements(element: Element) -> None:
    """Ids by position instead of by chance: the same data give the same page, byte by byte."""
    for number, (_, child) in enumerate(_walk(element.get_root())):
        child._id = f"n{number}"


def _walk(element: Element) -> list[tuple[str, Element]]:
    found = [("", element)]
    for name, child in element._children.items():
        found += [(name, inner) for _, inner in _walk(child)]
    return found


def _with_assets(page: str, assets: Assets) -> str:
    head = (
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<title>Map</title>"
        f"<style>{assets.leaflet_css}{assets.style}</style><script>{assets.leaflet_js}</script>"
    )
    sources = {**assets.modules, "shapes": _shapes_module()}
    modules = {f"cm/{name}": _data_url(text) for name, text in sources.items()}
    tail = (
        f'<script type="importmap">{json.dumps({"imports": modules})}</script>'
        '<script type="module">import "cm/main";</script>'
    )
    page = _VIEWPORT.sub("", page, count=1).replace("<html>", '<html lang="en">', 1)
    page = page.replace("<head>", f"<head>{head}", 1)
    # folium closes the body before its script; ours must run after that script.
    guard_addresses(assets.leaflet_css + assets.style)
    return page.replace("</html>", f"{tail}</html>", 1)


def _shapes_module() -> str:
    """The symbols that map and sheets share, as a module for the frame."""
    return (
        f"export const SHAPES = {json.dumps(SHAPES)};\nexport const POST_MARKS = {json.dumps(POST_MARKS)};\n"
    )


def _data_url(text: str) -> str:
    return f"data:text/javascript;base64,{base64.b64encode(text.encode()).decode()}"
