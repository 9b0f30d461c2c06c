"""The numbers of the resolver, set by hand; where each comes from is told in ``docs/geoparsing.md``."""

IN_NAMED_UNIT = 6.0
"""X in "X, Y" lies in the first-level unit Y."""
IN_NAMED_COUNTRY = 4.0
NOT_IN_NAMED = -2.0
HOLDS_PART = 2.5
"""Y in "X, Y" holds an X."""

COUNTRY_SHARE = 2.2
COUNTRY_NAMED = 0.5
WITH_COUNTRY, MOST_COUNTRIES = 0.5, 3
"""Countries are named together: each other country in the text speaks for one, up to three."""
UNIT_SHARE = 2.0
UNIT_NAMED = 0.6
ASKED_COUNTRY = 2.0
"""The reader said that the report is about this country."""

ON_THE_MAP = 1.0
"""The place lies on the map that the reader has open."""

VOTE_OF_COUNTRY = 1.6
VOTE_OF_UNIT = 1.2
VOTE_OF_PEOPLE = 0.8
"""A text that speaks of "French" or "the French" speaks of France, without naming it."""
REPEATED_MENTION = 0.3

FAR = 6.2
"""ln(1 + km) beyond which a neighbour says nothing: about 490 km."""
NEAREST = 0.35
SECOND_NEAREST = 0.15

TOWN_NAMED_AS_AREA = 0.5
"""Share of the context that counts for a town that bears the name of a country or sea."""

AREA_WORD = 1.5
"""A word such as "district" follows."""

REVIEW_MARGIN = 0.45
"""Two readings closer than this are left to a person; it is the prior of a sixfold population."""
SAME_SPOT_KM = 25.0
"""Readings this close do not compete: either pin tells the same story."""
ALONE_MARGIN = 2.0
"""Margin of a name with a single reading, before its prior."""
REVIEW_CONFIDENCE = 0.8
"""A reading that is right less often than this is left to a person."""
