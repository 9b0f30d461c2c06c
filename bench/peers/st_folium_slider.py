"""A peer: the usual way to build such a page, a slider above a map that is sent anew at every move."""

import sys
from datetime import timedelta

import folium
import numpy as np
import streamlit as st
from streamlit_folium import st_folium

lon, lat, day = np.load(sys.argv[1]).values()
first = np.datetime64("1970-01-01")
days = first + day.astype("timedelta64[D]")
chosen = st.slider(
    "Day", days.min().item(), days.max().item(), days[int(len(days) * 0.84)].item(), timedelta(7)
)
shown = days <= np.datetime64(chosen)
map_ = folium.Map((15, 30), zoom_start=2, tiles=None, prefer_canvas=True)
for x, y in zip(lon[shown], lat[shown], strict=True):
    folium.CircleMarker((y, x), radius=3).add_to(map_)
st_folium(map_, returned_objects=[], key="map", width=1000, height=500)
st.html(f'<i class="shown">{int(shown.sum())}</i>')
