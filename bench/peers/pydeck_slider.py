"""A peer: a slider above a deck.gl map, drawn by the graphics card where there is one."""

import sys
from datetime import timedelta

import numpy as np
import pandas as pd
import pydeck
import streamlit as st

lon, lat, day = np.load(sys.argv[1]).values()
days = np.datetime64("1970-01-01") + day.astype("timedelta64[D]")
chosen = st.slider(
    "Day", days.min().item(), days.max().item(), days[int(len(days) * 0.84)].item(), timedelta(7)
)
shown = days <= np.datetime64(chosen)
layer = pydeck.Layer(
    "ScatterplotLayer",
    pd.DataFrame({"lon": lon[shown], "lat": lat[shown]}),
    get_position="[lon, lat]",
    get_radius=9000,
)
view = pydeck.ViewState(latitude=15, longitude=30, zoom=1)
st.pydeck_chart(pydeck.Deck([layer], initial_view_state=view, map_provider=None), key="map")
st.html(f'<i class="shown">{int(shown.sum())}</i>')
