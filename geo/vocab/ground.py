"""Terms for ground and posts: kinds and statuses of control zones, kinds of posts."""

from geo.vocab.term import StatusTerm, Term

ZONE_KINDS = (
    Term("control", "Control", "Who governs or holds the ground."),
    Term("presence", "Presence", "Who is deployed there without holding the ground."),
    Term("influence", "Influence", "Who shapes what happens there from outside."),
    Term("administrative", "Administrative", "A line on paper, past or present."),
)

ZONE_STATUSES = (
    StatusTerm(
        "assessed_control", "Assessed control", "One party holds the ground, by more than its own word."
    ),
    StatusTerm(
        "assessed_advance",
        "Assessed advance",
        "A party has moved in; holding is not yet established.",
        "diagonal",
        "dashed",
    ),
    StatusTerm(
        "infiltration", "Infiltration", "Small groups operate without holding ground.", "diagonal", "dotted"
    ),
    StatusTerm(
        "contested",
        "Contested",
        "Fighting, or both sides hold parts; no one holds the whole.",
        "cross",
        "dashed",
    ),
    StatusTerm("claimed", "Claimed", "Held by the word of one party only.", "stipple", "dashed"),
    StatusTerm("mixed", "Mixed", "Held by several parties side by side.", "diagonal", "solid"),
    StatusTerm("besieged", "Besieged", "Held, and cut off from supply.", "cross", "solid"),
    StatusTerm(
        "peacekeeping_area",
        "Peacekeeping area",
        "Area of responsibility of peacekeepers; says nothing of who governs.",
        "vertical",
        "dashed",
    ),
    StatusTerm(
        "corridor", "Corridor", "Passage under an agreement, guarded or supervised.", "horizontal", "dashed"
    ),
    StatusTerm("buffer", "Buffer", "Strip kept free of forces.", "stipple", "dotted"),
    StatusTerm("former", "Former boundary", "A unit that no longer exists; outline only.", "none", "dotted"),
    StatusTerm("unknown", "Unknown", "Reports exist and do not settle who holds it.", "stipple", "dotted"),
    StatusTerm("no_data", "No data", "No report; this is not the same as quiet.", "none", "dotted"),
)

POST_KINDS = (
    Term("headquarters", "Headquarters", "Command of a mission or contingent."),
    Term("base", "Base", "Main or forward base, battalion camp."),
    Term("observation_post", "Observation post", "Permanent post that watches and reports."),
    Term("temporary_post", "Temporary post", "Post or presence reported as temporary."),
    Term("checkpoint", "Checkpoint", "Controls a road."),
    Term("monitoring_centre", "Monitoring centre", "Joint or remote monitoring of a ceasefire."),
    Term("humanitarian_centre", "Humanitarian centre", "Return, aid and mine clearance."),
    Term("observer_base", "Observer base", "Base, office or mission of unarmed observers."),
    Term("site", "Site", "A marked position whose use is not stated."),
)
