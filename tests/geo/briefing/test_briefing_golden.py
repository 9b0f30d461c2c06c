"""The sheet looks as it did: a small picture of it is kept, and a change of looks must be meant.

Renew it with ``CONFLICTMAP_RENEW_GOLDEN=1`` in the environment, and look at it before it is committed.
"""

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from geo.briefing.make import to_bytes

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "briefing_specimen.png"
WIDTH = 1000
MEAN = 0.6
"""Mean difference of a pixel's channel, of 255, that a change of versions may bring."""
MOST_CHANGED = 0.002
"""Share of pixels that may differ by more than a fifth."""


def small(made):
    picture = Image.open(io.BytesIO(to_bytes(made, "png"))).convert("RGB")
    return picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)


def difference(one, other):
    gaps = np.abs(np.asarray(one, np.int16) - np.asarray(other, np.int16))
    return float(gaps.mean()), float((gaps.max(axis=2) > 51).mean())


@pytest.fixture(scope="module")
def golden(sheet):
    if os.environ.get("CONFLICTMAP_RENEW_GOLDEN"):
        small(sheet).save(GOLDEN, optimize=True)
    with Image.open(GOLDEN) as picture:
        return picture.convert("RGB")


def test_the_sheet_looks_like_the_kept_picture(sheet, golden):
    mean, changed = difference(small(sheet), golden)
    assert mean < MEAN
    assert changed < MOST_CHANGED


@pytest.mark.parametrize("change", [{"hidden": frozenset({"zones"})}, {"title": "Other"}])
def test_a_sheet_that_looks_otherwise_is_noticed(make, golden, change):
    mean, changed = difference(small(make(**change)), golden)
    assert mean >= MEAN or changed >= MOST_CHANGED
