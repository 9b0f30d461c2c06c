"""Shapes as text: one form for one shape, so that equal shapes are equal texts whichever file they came from."""

import shapely
from shapely.geometry.base import BaseGeometry


def shape_text(shape: BaseGeometry) -> str:
    """The shape as GeoJSON geometry: two-dimensional, outer rings anticlockwise, no "multi" around a single part.

    The direction of rings is that of RFC 7946, section 3.1.6; shapefiles turn them the other way.
    """
    if shape.geom_type.startswith("Multi") and shapely.get_num_geometries(shape) == 1:
        (shape,) = shapely.get_parts(shape)
    return str(shapely.to_geojson(shapely.orient_polygons(shapely.force_2d(shape))))
