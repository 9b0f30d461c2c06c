"""Schema 2: changes are chained, know the header of their file, and may be redone; rows know whose raw they carry."""

from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, Text

if TYPE_CHECKING:
    from alembic.operations import Operations

CHANGES = ("redoes", "header", "rows_digest", "chain")
FAMILIES = ("events", "zones", "lines", "posts")


def to_schema_2(operations: "Operations") -> None:
    """Add the columns; what stands in the digests is written by the reseal that follows."""
    for name in CHANGES:
        operations.add_column("changes", Column(name, Text, nullable=False, server_default=""))
    for family in FAMILIES:
        operations.add_column(
            f"{family}_revisions", Column("raw_seq", Integer, nullable=False, server_default="0")
        )
