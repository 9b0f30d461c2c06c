"""The dashboard's script: page settings and navigation."""

from pathlib import Path

import streamlit as st

from geo.errors import ConflictmapError
from ui.desk import desk
from ui.login import require_login
from ui.text import plain

st.set_page_config(page_title="conflictmap", page_icon=Path(__file__).with_name("icon.png"), layout="wide")
st.html(Path(__file__).with_name("page.css"))

require_login()
PAGES = [
    st.Page("screens/map_screen.py", title="Map", icon=":material/map:", default=True),
    st.Page("screens/reports_screen.py", title="Reports", icon=":material/article:", url_path="reports"),
    st.Page("screens/import_screen.py", title="Import", icon=":material/upload_file:", url_path="import"),
    st.Page("screens/history_screen.py", title="History", icon=":material/history:", url_path="history"),
]

try:
    desk().store.revision()
except ConflictmapError as error:
    st.error(plain(str(error)))
    st.stop()
st.navigation(PAGES).run()
