"""HXL: hashtags under the header say what the columns hold (HXL standard 1.1)."""

from collections.abc import Sequence

_TAGS = (
    ("#event+id", "event_id"),
    ("#meta+id", "event_id"),
    ("#date+end", "date_end"),
    ("#date+start", "event_date"),
    ("#date", "event_date"),
    ("#event+type", "event_type"),
    ("#event", "event_type"),
    ("#incident+type", "event_type"),
    ("#actor+1", "actor1"),
    ("#actor+2", "actor2"),
    ("#actor", "actor1"),
    ("#group", "actor1"),
    ("#affected+killed", "fatalities_best"),
    ("#geo+lat", "lat"),
    ("#geo+lon", "lon"),
    ("#loc", "toponym"),
    ("#country", "admin0"),
    ("#adm1", "admin1"),
    ("#description", "description"),
    ("#event+description", "description"),
    ("#meta+source", "source_name"),
    ("#meta+url", "source_url"),
)


def hxl_columns(tags: Sequence[str]) -> dict[int, str]:
    """Which of our columns each tagged column fills, by position; of two for one, the better match wins."""
    found: dict[str, tuple[int, int]] = {}
    for position, tag in enumerate(tags):
        parts = set(tag.casefold().replace(" ", "").split("+"))
        for rank, (pattern, field) in enumerate(_TAGS):
            if set(pattern.split("+")) <= parts:
                if field not in found or rank < found[field][0]:
                    found[field] = (rank, position)
                break
    return {position: field for field, (_, position) in found.items()}
