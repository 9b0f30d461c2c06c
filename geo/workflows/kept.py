"""Things that are slow to make and depend only on the installation: made once, kept in ``var/``."""

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from shapely import from_wkb, to_wkb
from shapely.geometry.base import BaseGeometry

from geo.boundaries import assign, split
from geo.boundaries.areas import read_areas
from geo.boundaries.layers import layer_names, read_description, read_layer
from geo.files import write_whole
from geo.layers import basemap, element
from geo.layers.basemap import BaseLayers, Shapes, basemap_shapes
from geo.settings import Settings

T = TypeVar("T")
BASE_LAYERS = ("admin0", "admin1", "lakes_50m", "rivers_50m", "disputed_lines", "former_nkao")


def read_base_layers(settings: Settings) -> BaseLayers:
    """The boundary layers that maps and sheets are drawn on."""
    return BaseLayers(*(read_layer(name, data_dir=settings.data_dir) for name in BASE_LAYERS))


def kept_base_shapes(settings: Settings, *, extent: tuple[float, float, float, float]) -> list[Shapes]:
    """The base map, from ``var/`` when it was made of the same layers, extent and rules before."""
    made_of = _digest((_marks(settings, BASE_LAYERS), extent), basemap, element)
    return _kept(
        settings.var_dir / f"basemap-{made_of}.json",
        lambda: basemap_shapes(read_base_layers(settings), extent=extent),
        dumped=lambda shapes: [asdict(kind) for kind in shapes],
        loaded=lambda kept: [Shapes(**kind) for kind in kept],
    )


def kept_areas(settings: Settings) -> dict[str, BaseGeometry]:
    """What draws each place that is no point, kept likewise."""
    folder = settings.data_dir
    files = [folder / name for name in ("place_areas.csv", "control_zones.geojson", "control_lines.geojson")]
    made_of = _digest((_marks(settings, layer_names(folder)), [file.read_bytes() for file in files]))
    return _kept(
        settings.var_dir / f"areas-{made_of}.json",
        lambda: read_areas(folder),
        dumped=lambda areas: {place: to_wkb(area, hex=True) for place, area in areas.items()},
        loaded=lambda kept: {place: from_wkb(shape) for place, shape in kept.items()},
    )


def kept_admin_layers(settings: Settings) -> assign.AdminLayers:
    """What tells in which unit a point lies, with the pieces of the polygons kept likewise."""
    folder = settings.data_dir
    made_of = _digest(_marks(settings, layer_names(folder)), assign, split)
    return _kept(
        settings.var_dir / f"pieces-{made_of}.json",
        lambda: assign.read_admin_layers(folder),
        dumped=lambda layers: {"world": _parts(layers.world), "districts": _parts(layers.districts)},
        loaded=lambda kept: assign.AdminLayers(
            _units(**kept["world"]), _units(**kept["districts"]), assign.read_exceptions(folder)
        ),
    )


def _kept(path: Path, make: Callable[[], T], *, dumped: Callable[[T], Any], loaded: Callable[[Any], T]) -> T:
    """What stands in the file; made and written there if it does not or cannot be read."""
    with suppress(OSError, ValueError, TypeError, LookupError, AttributeError):
        return loaded(json.loads(path.read_text("ascii")))
    made = make()
    with suppress(OSError):  # a read-only installation only starts slower
        write_newest(path, json.dumps(dumped(made), separators=(",", ":")))
    return made


def _parts(units: assign.Units) -> dict[str, Any]:
    return {
        "admin0": units.admin0.tolist(),
        "name": units.name.tolist(),
        "pieces": to_wkb(units.tree.geometries, hex=True).tolist(),
        "owner": units.owner.tolist(),
    }


def _units(*, admin0: list[str], name: list[str], pieces: list[str], owner: list[int]) -> assign.Units:
    return assign.units_of_pieces(admin0, name, list(from_wkb(pieces)), owner)


def _marks(settings: Settings, layers: Iterable[str]) -> list[str]:
    """What tells one edition of the layers from another."""
    return [read_description(name, data_dir=settings.data_dir).sha256 for name in layers]


def _digest(inputs: object, *rules: ModuleType) -> str:
    """A digest of what a thing is made of, and of the modules that make it."""
    texts = [Path(module.__file__ or "").read_text("utf-8") for module in rules]
    return hashlib.sha256(repr((inputs, texts)).encode()).hexdigest()[:16]


def write_newest(path: Path, text: str) -> None:
    """Write the file; those of other digests go."""
    write_whole(path, text)
    for other in set(path.parent.glob(f"{path.name.partition('-')[0]}-*.json")) - {path}:
        other.unlink(missing_ok=True)
