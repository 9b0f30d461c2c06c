"""One file for each page. A folder called `pages` would be taken by Streamlit for its own navigation."""
