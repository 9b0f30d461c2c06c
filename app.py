"""The dashboard as an ASGI app: `streamlit run app.py`, `python app.py` or `uvicorn app:app`."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import streamlit as st

from ui.api import ROUTES
from ui.desk import desk
from ui.lookups import LOOKUP_ROUTES
from ui.middleware import MIDDLEWARE
from ui.parts import PART_ROUTES


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Prepare the map while the browser is still on its way."""
    warming = asyncio.create_task(asyncio.to_thread(lambda: desk().warm()))
    warming.add_done_callback(
        lambda task: task.cancelled() or task.exception()
    )  # the page itself tells what is wrong
    yield


app = st.App(
    "ui/main.py", lifespan=lifespan, routes=[*ROUTES, *PART_ROUTES, *LOOKUP_ROUTES], middleware=MIDDLEWARE
)

if __name__ == "__main__":
    from geo.cli import main

    main(["run"])
