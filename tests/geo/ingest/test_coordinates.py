import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.ingest.badcell import BadCell
from geo.ingest.coordinates import read_degrees

latitudes = st.floats(-90, 90).map(lambda value: round(value, 5) + 0.0)


@given(latitudes)
def test_plain_degrees_are_read_as_they_are(value):
    assert read_degrees(f"{value:.5f}", "lat").value == pytest.approx(value, abs=1e-9)


@given(latitudes)
def test_a_decimal_comma_is_a_decimal_point_and_is_told(value):
    degrees = read_degrees(f"{value:.5f}".replace(".", ","), "lat")
    assert degrees.value == pytest.approx(value, abs=1e-9)
    assert degrees.code == "GEO-05"


@given(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59), st.sampled_from("NS"))
def test_degrees_minutes_and_seconds_are_read_in_every_common_form(d, m, s, side):
    wanted = (d + m / 60 + s / 3600) * (-1 if side == "S" else 1)
    for text in (f"{d}°{m}'{s}\"{side}", f"{d} {m} {s} {side}", f"{side}{d} {m} {s}", f"{d}d{m}m{s}s{side}"):
        degrees = read_degrees(text, "lat")
        assert degrees.value == pytest.approx(wanted)
        assert degrees.code == "GEO-08"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("39 815,3", "GEO-05"), ("39.758,3", "GEO-05"), ("40'618.3", "GEO-05"), ("649948", "GEO-06"),
        ("4408726.5", "GEO-06"), ("38SPJ 49700 02600", "GEO-06"), ("38N 649948 4408726", "GEO-06"), ("95.2", "GEO-02"),
        ("abc", "GEO-01"), ("39d38m26.9s", "GEO-01"), ("39°75'10\"N", "GEO-01"), ("46.7E", "GEO-01"),
        ("39°48'55\"n", "GEO-01"), ("1e1", "GEO-01"), ("nan", "GEO-01"), ("٣٩٫٨", "GEO-01"), ("9" * 5000, "GEO-01"),
    ],
)  # fmt: skip
def test_what_is_no_latitude_is_named_by_its_kind(text, code):
    with pytest.raises(BadCell) as bad:
        read_degrees(text, "lat")
    assert bad.value.code == code


@given(st.text(max_size=70), st.sampled_from(["lat", "lon"]))
def test_whatever_is_read_lies_on_earth(text, axis):
    try:
        degrees = read_degrees(text, axis)
    except BadCell:
        return
    assert abs(degrees.value) <= (90 if axis == "lat" else 180)
