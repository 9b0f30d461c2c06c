"""What a request asks for, as the middleware sees it before any page does."""

from urllib.parse import parse_qsl

from starlette.requests import HTTPConnection
from starlette.types import Scope

from ui.api import base_path
from ui.desk import desk
from ui.guard import refusal


def query_of(scope: Scope) -> list[tuple[str, str]]:
    """The parameters of the address, those without a value too."""
    return parse_qsl(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)


def is_first_page(scope: Scope) -> bool:
    """Whether it is the page on which the map stands."""
    return bool(scope["type"] == "http" and scope["path"] == f"{base_path()}/")


def asks_for_the_newest_map(scope: Scope) -> bool:
    """Whether somebody who may see it asks for the map as known now, while the desk is at hand."""
    return (
        is_first_page(scope)
        and b"known=" not in scope.get("query_string", b"")
        and bool(desk.cache_info().currsize)
        and refusal(HTTPConnection(scope)) is None
    )
