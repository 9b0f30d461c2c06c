"""The stores that the contract is checked on: each opens the store of a folder, and makes an empty one the first time."""

from geo.store.sqlite import create_sqlite, open_sqlite


def sqlite_store(folder):
    path = folder / "contract.sqlite"
    return open_sqlite(path) if path.exists() else create_sqlite(path, lambda _: None)


STORES = [sqlite_store]
