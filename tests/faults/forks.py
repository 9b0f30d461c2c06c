"""A function in a fork that may be killed before it has said that it is done."""

import os
import select
import signal
import warnings


def run_killed(do, delay):
    """Run ``do`` in a fork and kill it (-9) after ``delay`` seconds, or let it end; what it said until then."""
    reader, writer = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child does nothing but write and end
        child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            os.write(writer, (do() or "").encode())
        finally:
            os._exit(0)
    os.close(writer)
    select.select([reader], [], [], delay)
    if delay is not None:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = os.read(reader, 1_000).decode()  # what was said before the kill still counts as said
    os.close(reader)
    return said
