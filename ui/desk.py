"""The process's one desk, shared by pages and routes."""

from functools import cache
from typing import TYPE_CHECKING

from ui.login import session_person

if TYPE_CHECKING:
    from geo.workflows.desk import Desk


@cache
def desk() -> "Desk":
    """The desk of this process, opened on first use.

    Its libraries take a second to import: they load while the browser is still fetching the page.
    """
    from geo.settings import read_settings  # noqa: PLC0415
    from geo.workflows.desk import Desk  # noqa: PLC0415

    settings = read_settings()
    return Desk(settings, who=lambda: session_person() or settings.user)
