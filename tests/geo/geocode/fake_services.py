"""Services on loopback that answer as the real ones do on their bad days."""

import json
import socket
import threading
import time
from contextlib import contextmanager
from pathlib import Path

ANSWERS = Path(__file__).parents[2] / "data" / "geocoder"


class Fake:
    """A service that gives the same bytes to everybody and notes when it was asked."""

    def __init__(self, answer, *, delay=0.0):
        self.answer, self.delay = answer, delay
        self.asked = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.domain = f"127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                self.asked.append(time.monotonic())
                time.sleep(self.delay)
                connection.sendall(self.answer)


@contextmanager
def fake(answer, **how):
    service = Fake(answer, **how)
    try:
        yield service
    finally:
        service.socket.close()


def reply(body, *, status="200 OK", **headers):
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    return (
        f"HTTP/1.1 {status}\r\n{lines}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
        + body
    )


def recorded(name):
    """The bytes of a recorded answer; its line ends as HTTP wants them."""
    head, _, body = (ANSWERS / f"{name}.http").read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")
    return head.replace(b"\n", b"\r\n") + b"\r\nConnection: close\r\n\r\n" + body
