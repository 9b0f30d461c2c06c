"""Charts of statistics: one visual language with the panel, in light and dark, on the page and as a picture."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from geo import vocab
from geo.interval import day_number
from geo.situation import Situation
from geo.statistics.periods import Unit, period_words
from geo.workflows.comparing import NEUTRAL
from geo.workflows.panel import CONTESTED, day_words, number_words

FAMILIES = {family or "Not stated": colour for family, colour in vocab.FAMILY_COLOURS.items()}
WHISKER = "#7F7F7F"
BORDER = "#8A8A8A"
GAP = 0.1
"""Part of a period that stays empty between two bars."""
DAY_MS = 86_400_000
HEIGHT, SMALL = 290, 220
PERIOD = "period"
"""Name of what a click on a bar selects."""
PICTURE_WIDTH, PICTURE_SCALE = 720, 2
LINE_LETTERS = 100
FONT = "DejaVu Sans"
Chart = Any


def events_chart(frame: pd.DataFrame, unit: Unit, days: tuple[int, int], *, height: int = HEIGHT) -> Chart:
    """Events by period and type, stacked; a click selects the period."""
    chosen = alt.selection_point(name=PERIOD, fields=["period_start"])
    return (
        alt.Chart(_bars(frame, unit, days, "events"))
        .mark_rect()
        .encode(
            **_stack("Events"),
            opacity=alt.condition(chosen, alt.value(1), alt.value(0.3)),
            tooltip=[
                *_TOOLTIP,
                alt.Tooltip("events:Q", title="Events"),
                alt.Tooltip("possible:Q", title="Of them possible"),
            ],
            **_families(frame),
        )
        .properties(height=height)
        .add_params(chosen)
    )


def deaths_chart(frame: pd.DataFrame, unit: Unit, days: tuple[int, int], *, height: int = HEIGHT) -> Chart:
    """Best estimates of deaths by period and type, stacked; a line from the lowest to the highest sum."""
    bars = _bars(frame, unit, days, "fatalities_best")
    figures = ["fatalities_low", "fatalities_best", "fatalities_high"]
    # A sum over nothing stays missing: a period without figures has no line.
    spans = bars.groupby(["period_start", "period", "middle"], as_index=False)[figures].sum(min_count=1)
    best = (
        alt.Chart(bars)
        .mark_rect()
        .encode(**_stack("Deaths"), tooltip=[*_TOOLTIP, *_DEATHS], **_families(frame))
    )
    whiskers = (
        alt.Chart(spans[spans["fatalities_high"].notna()].fillna({"fatalities_low": 0}))
        .mark_rule(color=WHISKER, strokeWidth=2)
        .encode(x="middle:T", y="fatalities_low:Q", y2="fatalities_high:Q", tooltip=[_TOOLTIP[0], *_DEATHS])
    )
    return (best + whiskers).properties(height=height)


def control_chart(frame: pd.DataFrame, situation: Situation, *, height: int = HEIGHT) -> Chart:
    """Share of each holder in the mapped ground as steps; what a step says stands in its tooltip."""
    colours = _holder_colours(frame, situation)
    steps = frame.assign(start=_ms(frame["valid_from"]), end=_ms(frame["valid_to"]))
    words = [
        f"{_day(a)} to {_day(b, before=1)}"
        for a, b in zip(frame["valid_from"], frame["valid_to"], strict=True)
    ]
    rank = steps["label"].map({label: number for number, label in enumerate(colours)})
    steps = steps.assign(days=words, rank=rank, km2_words=steps["km2"].map(number_words))
    shared = {
        "color": alt.Color("label:N", title=None, scale=colour_scale(colours), legend=legend_below(2)),
        "y": alt.Y("share:Q", title="Share", stack="zero", scale=alt.Scale(domain=[0, 1]),
                   axis=alt.Axis(format="%", tickCount=5)),
        "order": alt.Order("rank:Q"),
    }  # fmt: skip
    x = alt.X("start:T", title=None, scale=_SCALE, axis=_AXIS)
    area = alt.Chart(_closed(steps)).mark_area(interpolate="step-after").encode(x=x, **shared)
    tips = [
        alt.Tooltip("label:N", title="Held by"),
        alt.Tooltip("days:N", title="Days"),
        alt.Tooltip("km2_words:N", title="km²"),
        alt.Tooltip("share:Q", title="Share", format=".1%"),
    ]
    touch = alt.Chart(steps).mark_bar(opacity=0).encode(x="start:T", x2="end", tooltip=tips, **shared)
    return (area + touch).properties(height=height)


def picture(chart: Chart, *, title: str, notes: list[str]) -> bytes:
    """The chart as PNG on white with its title and notes, drawn here without asking anybody."""
    import vl_convert  # noqa: PLC0415  (a renderer of its own, that only a picture needs)

    vl_convert.register_font_directory(_fonts())
    lines = [line for note in notes for line in _wrapped(note)]
    heading = alt.TitleParams(
        title, subtitle=lines, anchor="start", fontSize=16, subtitleFontSize=11, offset=14
    )
    whole = (
        chart.properties(title=heading, width=PICTURE_WIDTH)
        .configure(background="white", font=FONT, padding=16)
        .configure_view(stroke=None)
    )
    return bytes(vl_convert.vegalite_to_png(whole.to_json(), scale=PICTURE_SCALE, allowed_base_urls=[]))


def bound_words(low: int, high: int) -> str:
    """``4 – 12``, or ``4`` where a class holds one count."""
    return number_words(low) if low == high else f"{number_words(low)} – {number_words(high)}"


_TOOLTIP = [alt.Tooltip("period:N", title="Period"), alt.Tooltip("label:N", title="Type")]
_DEATHS = [
    alt.Tooltip("fatalities_low:Q", title="Deaths, lowest"),
    alt.Tooltip("fatalities_best:Q", title="Deaths, best"),
    alt.Tooltip("fatalities_high:Q", title="Deaths, highest"),
]
_SCALE = alt.Scale(type="utc", nice=False)
_AXIS = alt.Axis(grid=False, labelOverlap=True, tickCount=6)


def _bars(frame: pd.DataFrame, unit: Unit, days: tuple[int, int], figure: str) -> pd.DataFrame:
    """One rectangle for each row: its period as milliseconds in UTC, with a gap before the next, its place in the stack.

    Two flat ones at the ends of the window make the axis show all of it.
    """
    rank = {family: number for number, family in enumerate(FAMILIES)}
    rows = frame.assign(rank=frame["family"].map(rank).astype(int)).sort_values(
        ["period_start", "rank", "label"]
    )
    start, end = _ms(rows["period_start"]), _ms(rows["next_period"])
    words = {day: period_words(day // DAY_MS, unit) for day in set(start.tolist())}
    height = rows[figure].fillna(0).astype(int)
    top = height.groupby(rows["period_start"]).cumsum()
    edges = np.clip([start, end], days[0] * DAY_MS, (days[1] + 1) * DAY_MS)
    made = rows.assign(
        start=edges[0],
        end=edges[0] + ((edges[1] - edges[0]) * (1 - GAP)).astype(np.int64),
        middle=edges.sum(axis=0) // 2,
        period=[words[day] for day in start.tolist()],
        bottom=top - height,
        top=top,
    )
    ends = [
        made.iloc[:1].assign(start=at, end=at, bottom=0, top=0)
        for at in (days[0] * DAY_MS, (days[1] + 1) * DAY_MS)
    ]
    flat = pd.concat(ends).assign(fatalities_low=pd.NA, fatalities_best=pd.NA, fatalities_high=pd.NA)
    return pd.concat([made, flat.astype(made.dtypes.to_dict())], ignore_index=True)


def _closed(steps: pd.DataFrame) -> pd.DataFrame:
    """The steps with the corners that an area needs: where the last one ends, and around days without a map."""
    following = steps["end"].isin(set(steps["start"]))
    ends = steps[~following].assign(start=lambda rows: rows["end"])
    last = ends["end"] == steps["end"].max()
    return pd.concat([steps, ends.assign(share=ends["share"].where(last, 0.0))], ignore_index=True)


def _ms(days: pd.Series) -> Any:
    """ISO days as milliseconds: numbers cannot be taken for local time."""
    return days.to_numpy().astype("datetime64[D]").astype("datetime64[ms]").astype(np.int64)


def _day(text: str, *, before: int = 0) -> str:
    day = np.datetime64(text, "D") - before
    return day_words(day.item())


def _stack(title: str) -> dict[str, Any]:
    return {
        "x": alt.X("start:T", title=None, scale=_SCALE, axis=_AXIS),
        "x2": "end",
        "y": alt.Y("bottom:Q", title=title, axis=alt.Axis(tickMinStep=1, tickCount=5, format=",d")),
        "y2": "top",
    }


def _families(frame: pd.DataFrame) -> dict[str, Any]:
    shown = {family: colour for family, colour in FAMILIES.items() if family in set(frame["family"])}
    return {
        "color": alt.Color("family:N", title=None, scale=colour_scale(shown), legend=legend_below(2)),
    }


def _holder_colours(frame: pd.DataFrame, situation: Situation) -> dict[str, str]:
    """Colour of each holder by its label: parties by the area they held, then other statuses, then contested."""
    area = frame.groupby(["holder", "label"])["km2"].sum().sort_values(ascending=False)
    statuses = vocab.codes(vocab.ZONE_STATUSES)
    held = [(holder, label) for (holder, label), km2 in area.items() if km2 > 0]
    held.sort(key=lambda pair: (pair[0] == "contested", pair[0] in statuses))
    looks = {"contested": CONTESTED["colour"]}
    return {
        label: looks.get(holder, NEUTRAL["colour"] if holder in statuses else situation.party(holder).colour)
        for holder, label in held
    }


def colour_scale(colours: Mapping[str, str]) -> alt.Scale:
    """Each label in its colour."""
    return alt.Scale(domain=[*colours], range=[*colours.values()])


def legend_below(columns: int) -> alt.Legend:
    """A legend that leaves the width to the chart, with its longest label in two lines for narrow screens."""
    return alt.Legend(orient="bottom", direction="horizontal", columns=columns, labelLimit=190, labelExpr="split(datum.label, '/')", symbolType="square",
                      symbolStrokeWidth=0.5, symbolStrokeColor=BORDER)  # fmt: skip


def _fonts() -> str:
    """The folder of the typeface, which matplotlib brings; it has the letters of all our place names."""
    package = find_spec("matplotlib")
    folders = package.submodule_search_locations if package else None
    return str(Path(folders[0], "mpl-data", "fonts", "ttf")) if folders else ""


def _wrapped(text: str) -> list[str]:
    import textwrap  # noqa: PLC0415  (only a picture needs it)

    return textwrap.wrap(text, LINE_LETTERS)


def days_of(frame: pd.DataFrame) -> tuple[int, int]:
    """First and last day number that a table of periods covers."""
    last = np.datetime64(frame["next_period"].max(), "D").item()
    return day_number(np.datetime64(frame["period_start"].min(), "D").item()), day_number(last) - 1
