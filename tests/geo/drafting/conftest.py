"""Drafts of a text with places made by hand."""

import pytest
from handmade import resolutions_of

from geo.drafting.draft import draft_events


@pytest.fixture
def draft():
    """Drafts the events of a text."""

    def drafted(text, **options):
        return draft_events(text, resolutions_of(text), **options)

    return drafted
