"""The tables, made from :mod:`geo.columns`: one list of changes, one list of revisions per family."""

from sqlalchemy import REAL, Column, ForeignKey, Integer, MetaData, PrimaryKeyConstraint, Table, Text

from geo.columns import FAMILIES, ColumnType
from geo.columns import Column as Field

APPLICATION_ID = 0x636D6170
"""Marks a SQLite file as ours (the letters "cmap")."""
SCHEMA_VERSION = 2

METADATA = MetaData()

CHANGES = Table(
    "changes",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("recorded_at", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("import_id", Text, nullable=False, unique=True),
    Column("undoes", Text, nullable=False, server_default=""),
    Column("redoes", Text, nullable=False, server_default=""),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("header", Text, nullable=False, server_default=""),
    Column("rows_digest", Text, nullable=False, server_default=""),
    Column("chain", Text, nullable=False, server_default=""),
    sqlite_strict=True,
    sqlite_autoincrement=True,
)

_SQL_TYPES: dict[ColumnType, type] = {
    "text": Text,
    "day": Text,
    "geometry": Text,
    "int": Integer,
    "real": REAL,
}


def _revisions(family: str, fields: tuple[Field, ...]) -> Table:
    """Revisions of one family. Days are ISO texts: they sort, and dates before 1970 are dates too.

    ``raw`` is the original row, a JSON list of its cells under the ``header`` of the change that brought
    it: the row's own change, or change ``raw_seq`` where a later revision carries the words on.
    """
    key = fields[0].name
    return Table(
        f"{family}_revisions",
        METADATA,
        *(Column(f.name, _SQL_TYPES[f.type], nullable=f.name != key) for f in fields),
        Column("raw", Text, nullable=False, server_default=""),
        Column("raw_seq", Integer, nullable=False, server_default="0"),
        Column("revision", Integer, nullable=False),
        Column("seq", Integer, ForeignKey("changes.seq"), nullable=False, index=True),
        Column("retracted", Integer, nullable=False, server_default="0"),
        Column("content_hash", Text, nullable=False),
        PrimaryKeyConstraint(key, "revision"),
        sqlite_strict=True,
    )


REVISIONS = {family: _revisions(family, fields) for family, fields in FAMILIES.items()}
