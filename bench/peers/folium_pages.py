"""Peers without a server: one HTML page of folium with all events, as a cluster of markers.

Usage: python bench/peers/folium_pages.py KIND POINTS.npz PAGE.html
"""

import sys
from pathlib import Path

import folium
import numpy as np
from folium.plugins import FastMarkerCluster, MarkerCluster

# Called by the page when everything was added: the measuring browser waits for it.
DONE = "<script>addEventListener('load', () => setTimeout(() => { document.body.dataset.done = 'yes'; }));</script>"


def write_page(kind: str, points: Path, page: Path) -> None:
    lon, lat, _ = np.load(points).values()
    map_ = folium.Map((15, 30), zoom_start=2, tiles=None)
    map_.options["max_zoom"] = 18  # without tiles nothing else tells the cluster where it ends
    if kind == "FastMarkerCluster":
        FastMarkerCluster(np.column_stack([lat, lon]).tolist()).add_to(map_)
    else:
        cluster = MarkerCluster().add_to(map_)
        for x, y in zip(lon, lat, strict=True):
            folium.Marker((y, x)).add_to(cluster)
    html = map_.get_root().render()
    page.write_text(html.replace("</html>", f"{DONE}</html>"), "utf-8")


if __name__ == "__main__":
    write_page(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
