"""Things that are slow to make and depend only on the installation: made once, kept in ``var/``."""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

from shapely import from_wkb, to_wkb
from shapely.geometry.base import BaseGeometry

from geo.boundaries import assign, split
from geo.boundaries.areas import read_areas
from geo.boundaries.layers import layer_names, read_description, read_layer
from geo.files import write_whole
from geo.layers import basemap, element
from geo.layers.basemap import BaseLayers, Shapes, basemap_shapes
from geo.settings import Settings

BASE_LAYERS = ("admin0", "admin1", "lakes_50m", "rivers_50m", "disputed_lines", "former_nkao")


def read_base_layers(settings: Settings) -> BaseLayers:
    """The boundary layers that maps and sheets are drawn on."""
    return BaseLayers(*(read_layer(name, data_dir=settings.data_dir) for name in BASE_LAYERS))


def kept_base_shapes(settings: Settings, *, extent: tuple[float, float, float, float]) -> list[Shapes]:
    """The base map, from ``var/`` when it was made of the same layers, extent and rules before."""
    path = settings.var_dir / f"basemap-{_digest(settings, extent)}.json"
    with suppress(OSError, ValueError, TypeError):
        return [Shapes(**kind) for kind in json.loads(path.read_text("ascii"))]
    shapes = basemap_shapes(read_base_layers(settings), extent=extent)
    with suppress(OSError):  # a read-only installation only starts slower
        write_newest(path, json.dumps([asdict(kind) for kind in shapes], separators=(",", ":")))
    return shapes


def kept_areas(settings: Settings) -> dict[str, BaseGeometry]:
    """What draws each place that is no point, kept likewise."""
    folder = settings.data_dir
    files = [folder / name for name in ("place_areas.csv", "control_zones.geojson", "control_lines.geojson")]
    layers = [read_description(name, data_dir=folder).sha256 for name in layer_names(folder)]
    path = settings.var_dir / f"areas-{_digest_of((layers, [file.read_bytes() for file in files]))}.json"
    with suppress(OSError, ValueError):
        return {place: from_wkb(shape) for place, shape in json.loads(path.read_text("ascii")).items()}
    areas = read_areas(folder)
    with suppress(OSError):
        write_newest(path, json.dumps({place: to_wkb(area, hex=True) for place, area in areas.items()}))
    return areas


def kept_admin_layers(settings: Settings) -> assign.AdminLayers:
    """What tells in which unit a point lies, with the pieces of the polygons kept likewise."""
    folder = settings.data_dir
    layers = [read_description(name, data_dir=folder).sha256 for name in layer_names(folder)]
    path = settings.var_dir / f"pieces-{_digest_of(layers, assign, split)}.json"
    with suppress(OSError, ValueError, TypeError):
        kept = json.loads(path.read_text("ascii"))
        world, districts = (_units(**kept[layer]) for layer in ("world", "districts"))
        return assign.AdminLayers(world, districts, assign.read_exceptions(folder))
    made = assign.read_admin_layers(folder)
    with suppress(OSError):
        write_newest(path, json.dumps({"world": _parts(made.world), "districts": _parts(made.districts)}))
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


def _digest(settings: Settings, extent: tuple[float, float, float, float]) -> str:
    layers = [read_description(name, data_dir=settings.data_dir).sha256 for name in BASE_LAYERS]
    return _digest_of((layers, extent), basemap, element)


def _digest_of(inputs: object, *rules: ModuleType) -> str:
    """A digest of what a thing is made of, and of the modules that make it."""
    texts = [Path(module.__file__ or "").read_text("utf-8") for module in rules]
    return hashlib.sha256(repr((inputs, texts)).encode()).hexdigest()[:16]


def write_newest(path: Path, text: str) -> None:
    """Write the file; those of other digests go."""
    write_whole(path, text)
    for other in set(path.parent.glob(f"{path.name.partition('-')[0]}-*.json")) - {path}:
        other.unlink(missing_ok=True)
