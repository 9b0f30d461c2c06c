"""The controlled vocabulary: codes, their labels, and what each one means.

Codes are stored and exported; labels are shown; definitions stand in legends and briefing sheets.
A status is a column, never a colour: how it is drawn is decided by its ``pattern`` and ``edge``.
"""

from geo.vocab.events import CONFIDENCES, EVENT_TYPES, FAMILY_COLOURS, GEO_PRECISIONS, TIME_PRECISIONS
from geo.vocab.ground import POST_KINDS, ZONE_KINDS, ZONE_STATUSES
from geo.vocab.places import PLACE_KINDS, POINT_KINDS
from geo.vocab.term import EventTypeTerm, StatusTerm, Term, codes, labels

__all__ = [
    "CONFIDENCES",
    "EVENT_TYPES",
    "FAMILY_COLOURS",
    "GEO_PRECISIONS",
    "PLACE_KINDS",
    "POINT_KINDS",
    "POST_KINDS",
    "TIME_PRECISIONS",
    "ZONE_KINDS",
    "ZONE_STATUSES",
    "EventTypeTerm",
    "StatusTerm",
    "Term",
    "codes",
    "labels",
]
