"""Pages of a SQLite file, so that tests can damage a chosen one (file format, sections 1.3 and 1.6)."""

import sqlite3
from contextlib import closing


def page_size(path):
    with path.open("rb") as file:
        return int.from_bytes(file.read(18)[16:], "big")


def overwrite_page(path, number):
    size = page_size(path)
    with path.open("rb+") as file:
        file.seek(size * (number - 1))
        file.write(b"\xa5" * size)


def root_of(path, table):
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]


def leaf_of(path, table):
    """A leaf in the middle of a table: an interior page lists its children from byte 12 on."""
    size = page_size(path)
    with path.open("rb") as file:
        file.seek(size * (root_of(path, table) - 1))
        page = file.read(size)
    assert page[0] == 5, "the table has more than one page"
    cells = int.from_bytes(page[3:5], "big") // 2
    cell = int.from_bytes(page[12 + 2 * cells : 14 + 2 * cells], "big")
    return int.from_bytes(page[cell : cell + 4], "big")
