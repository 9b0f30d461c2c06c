"""Events by admin unit as a choropleth."""

from typing import Any

import altair as alt
import geopandas as gpd
import pandas as pd

from geo.statistics.classes import class_bounds, class_of
from geo.workflows.panel import number_words
from ui.charts import BORDER, Chart, bound_words, colour_scale, legend_below

CLASS_COLOURS = {
    1: ("#7A63A8",),
    2: ("#B9ABD6", "#5A4390"),
    3: ("#CFC5E4", "#8F7BBE", "#4B3382"),
    4: ("#D6CEE8", "#AC9BD0", "#7A63A8", "#43297A"),
    5: ("#DCD6EC", "#B9ABD6", "#9481C0", "#6A529C", "#3A2070"),
}
"""One hue, light to dark: no party's, no event family's."""
NO_REPORT, NO_REPORT_COLOUR = "no report", "#9A9A9A2E"
HEIGHT = 430
SMALLEST_NAMED = 600
"""km2 of a unit that has room for its name."""


def units_chart(
    shapes: gpd.GeoDataFrame,
    countries: gpd.GeoDataFrame,
    frame: pd.DataFrame,
    *,
    dark: bool = False,
    height: int = HEIGHT,
) -> Chart:
    """Events by admin unit in classes; a unit without an event is grey, since no report is not none."""
    counted = shapes.merge(frame.drop(columns="km2"), how="left", on=["admin0", "admin1"])
    counts = [0 if pd.isna(count) else int(count) for count in counted["events"]]
    bounds = class_bounds(counts)
    names = [bound_words(low, high) for low, high in bounds]
    # Few events are close to the ground, light or dark, and many stand out.
    ramp = CLASS_COLOURS.get(len(bounds), ())[:: -1 if dark else 1]
    colours = dict(zip(names, ramp, strict=True)) | {NO_REPORT: NO_REPORT_COLOUR}
    units = [
        {
            **_feature(row.geometry),
            "unit": f"{row.admin1}, {row.admin0}",
            "count": number_words(count) if count else NO_REPORT,
            "deaths": _span_words(row.fatalities_low, row.fatalities_high) if count else NO_REPORT,
            "class": names[class_of(count, bounds)] if count else NO_REPORT,
        }
        for row, count in zip(counted.itertuples(), counts, strict=True)
    ]
    fills = (
        alt.Chart(alt.Data(values=units))
        .mark_geoshape(stroke=BORDER, strokeWidth=0.6)
        .encode(
            color=alt.Color(
                "class:N",
                title="Events",
                sort=[*colours],
                scale=colour_scale(colours),
                legend=legend_below(3),
            ),
            tooltip=[
                alt.Tooltip("unit:N", title="Unit"),
                alt.Tooltip("count:N", title="Events"),
                alt.Tooltip("deaths:N", title="Deaths, lowest to highest"),
            ],
        )
    )
    outlines = [_feature(shape) for shape in countries.geometry]
    borders = alt.Chart(alt.Data(values=outlines)).mark_geoshape(filled=False, stroke=BORDER, strokeWidth=1.8)
    return (fills + borders + _names(counted, dark=dark)).project("mercator").properties(height=height)


def _feature(shape: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": shape.__geo_interface__}


def _names(counted: gpd.GeoDataFrame, *, dark: bool) -> Chart:
    """Names of the units with events that are large enough to carry one, on a halo."""
    named = counted[(counted["events"] > 0) & (counted["km2"] > SMALLEST_NAMED)]
    points = named.geometry.representative_point()
    rows = [
        {"lon": point.x, "lat": point.y, "name": name}
        for point, name in zip(points, named["admin1"], strict=True)
    ]
    text = alt.Chart(alt.Data(values=rows)).encode(longitude="lon:Q", latitude="lat:Q", text="name:N")
    halo, ink = ("#14181C", "#F2F2F2") if dark else ("#FFFFFF", "#23272C")
    return text.mark_text(fontSize=10, stroke=halo, strokeWidth=2.5, opacity=0.8) + text.mark_text(
        fontSize=10, color=ink
    )


def _span_words(low: Any, high: Any) -> str:
    if pd.isna(high):
        return "no figures"
    return bound_words(0 if pd.isna(low) else int(low), int(high))
