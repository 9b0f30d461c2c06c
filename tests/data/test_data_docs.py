"""The description of the data says what the files and the vocabulary say."""

import re

import pytest

from geo import vocab
from geo.columns import FAMILIES

FILES = (
    "events.csv",
    "posts.csv",
    "post_strength.csv",
    "place_areas.csv",
    "district_exceptions.csv",
    "parties.csv",
    "key_dates.csv",
)


@pytest.fixture(scope="module")
def page(data_dir):
    return (data_dir.parent / "docs" / "data.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_column_is_described_as_the_schema_describes_it(page, family):
    described = [
        f"| `{column.name}` | {column.type} |" in page and column.meaning in page
        for column in FAMILIES[family]
    ]
    assert all(described)


def test_every_event_type_is_mapped_as_the_vocabulary_maps_it(page):
    rows = [
        f"| `{term.code}` | {term.definition} | {term.acled} | {term.acled_sub} |"
        for term in vocab.EVENT_TYPES
    ]
    assert [row for row in rows if row not in page] == []


def test_every_status_and_kind_of_post_is_defined(page):
    terms = (*vocab.ZONE_STATUSES, *vocab.POST_KINDS)
    assert [
        term.code for term in terms if f"| `{term.code}` | {term.label} | {term.definition} |" not in page
    ] == []


@pytest.mark.parametrize("name", FILES)
def test_the_number_of_rows_is_the_one_that_is_stated(page, table, name):
    stated = re.search(rf"^\| `{re.escape(name)}` \| ([\d,]+) \|", page, re.MULTILINE)
    assert int(stated[1].replace(",", "")) == len(table(name))
