"""How an online service is asked: no redirect to anybody else, no second try, no endless answer."""

import json
from typing import Any

from geopy.adapters import RequestsAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError

LONGEST_ANSWER = 1 << 20
"""Bytes of an answer; a list of places has some thousand."""
_CHUNK = 1 << 16


class CarefulAdapter(RequestsAdapter):  # type: ignore[misc]  # geopy carries no types
    """geopy's adapter on ``requests`` with limits: what comes back is from strangers."""

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context, max_retries=0)
        # An answer that points elsewhere could lead into the network of the machine that asks.
        self.session.max_redirects = 0
        self.session.stream = True

    def get_text(self, url: str, *, timeout: Any, headers: Any) -> str:
        """The answer as text.

        Raises
        ------
        GeocoderServiceError
            It redirects, fails or is longer than :data:`LONGEST_ANSWER`.
        """
        response = self._request(url, timeout=timeout, headers=headers)
        body = b""
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if len(body) > LONGEST_ANSWER:
                response.close()
                raise GeocoderServiceError(f"the answer is longer than {LONGEST_ANSWER} bytes")
        return body.decode("utf-8", "replace")

    def get_json(self, url: str, *, timeout: Any, headers: Any) -> Any:
        """The answer as JSON in which no key stands twice.

        Raises
        ------
        GeocoderParseError
            It is no such JSON.
        """
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text, object_pairs_hook=_each_key_once)
        except (ValueError, RecursionError) as error:  # brackets in brackets, thousands deep
            raise GeocoderParseError(f"the answer is not JSON that can be trusted ({error})") from error


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of two positions under one key nobody can say which is meant."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice")
    return made
