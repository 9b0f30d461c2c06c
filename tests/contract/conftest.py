"""What the contract is checked on."""

import pytest
from stores import STORES


@pytest.fixture(params=STORES, ids=lambda factory: factory.__name__)
def opened(request, tmp_path):
    """Opens the same store again and again, as several processes would."""
    stores = []

    def open_again():
        stores.append(request.param(tmp_path))
        return stores[-1]

    yield open_again
    for store in stores:
        store.close()


@pytest.fixture
def store(opened):
    return opened()
