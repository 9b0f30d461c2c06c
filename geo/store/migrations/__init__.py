"""From one schema of the store to the next: forward only, copied aside first, in one transaction.

A step says what changes in the tables; it is written with Alembic's operations, so that it serves other
databases too. Digests are made anew at the end, by the rules of the newest schema.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from geo.store.copying import copy_file, draft_beside, put_in_place
from geo.store.failpoints import failpoint
from geo.store.migrations.reseal import reseal
from geo.store.migrations.schema_2 import to_schema_2
from geo.store.reads import read_schema
from geo.store.sql import SqlStore
from geo.store.tables import SCHEMA_VERSION
from geo.store.traces import beside

if TYPE_CHECKING:
    from alembic.operations import Operations

STEPS: Mapping[int, Callable[["Operations"], None]] = {2: to_schema_2}
"""What makes each schema from the one before it."""


def migrate(store: SqlStore, path: Path) -> None:
    """Bring a store up to the newest schema; another process may have done so meanwhile."""
    # A third of a second of start-up that only an old store needs.
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    with store.writing("migrate") as connection:
        version = read_schema(connection)
        if version >= SCHEMA_VERSION:
            return
        _keep_copy(path)
        operations = Operations(MigrationContext.configure(connection))
        for number in range(version + 1, SCHEMA_VERSION + 1):
            STEPS[number](operations)
        failpoint("migrate.tables")
        reseal(connection)
        failpoint("migrate.hashes")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _keep_copy(path: Path) -> None:
    """The store as it was; the write lock is held, so it is the state that will be migrated."""
    kept = beside(path, f".before-schema-{SCHEMA_VERSION}")
    with draft_beside(kept) as draft:
        failpoint("migrate.before_copy")
        copy_file(path, draft)
        failpoint("migrate.copied")
        put_in_place(draft, kept)
