"""The shapes of events and posts, once for map and sheet: SVG path data in a box of -5..5.

Only the commands M, L, H, V, C, Z and the relative arc a (half circles) are used; sheets read no others.
"""

SHAPES = {
    "circle": "M-4,0a4,4 0 1,0 8,0a4,4 0 1,0 -8,0Z",
    "square": "M-3.7,-3.7H3.7V3.7H-3.7Z",
    "diamond": "M0,-5L5,0L0,5L-5,0Z",
    "triangle": "M0,-4.8L4.8,4H-4.8Z",
    "pentagon": "M0,-4.8L4.7,-1.4L2.9,4.2H-2.9L-4.7,-1.4Z",
    "plus": "M-1.5,-4.6H1.5V-1.5H4.6V1.5H1.5V4.6H-1.5V1.5H-4.6V-1.5H-1.5Z",
    "cross": "M-4.4,-2.4L-2.4,-4.4L0,-2L2.4,-4.4L4.4,-2.4L2,0L4.4,2.4L2.4,4.4L0,2L-2.4,4.4L-4.4,2.4L-2,0Z",
    "star": "M0,-5.2L1.5,-1.7L5.2,-1.5L2.3,0.9L3.3,4.6L0,2.5L-3.3,4.6L-2.3,0.9L-5.2,-1.5L-1.5,-1.7Z",
    "flag": "M-3.4,-5H4.4L2.2,-2.2L4.4,0.6H-1.8V5H-3.4Z",
    "burst": "M0,-5.2L1.1,-2.4L3.7,-3.7L2.4,-1.1L5.2,0L2.4,1.1L3.7,3.7L1.1,2.4L0,5.2L-1.1,2.4L-3.7,3.7L-2.4,1.1L-5.2,0L-2.4,-1.1L-3.7,-3.7L-1.1,-2.4Z",
    "hexagon": "M-2.4,-4.2H2.4L4.8,0L2.4,4.2H-2.4L-4.8,0Z",
    "hourglass": "M-3.8,-4.4H3.8L0.9,0L3.8,4.4H-3.8L-0.9,0Z",
    "bowtie": "M-4.6,-3.6L0,-1L4.6,-3.6V3.6L0,1L-4.6,3.6Z",
    "bars": "M-4.6,-3.6H4.6V-0.9H-4.6ZM-4.6,0.9H4.6V3.6H-4.6Z",
    "arrow": "M-1.5,-5H1.5V0.2H4.3L0,5L-4.3,0.2H-1.5Z",
    "pennant": "M-4.4,-4.4H0L4.4,0L0,4.4H-4.4L0,0Z",
    "kite": "M0,-5L3.6,1L0,5L-3.6,1Z",
    "house": "M0,-5L4.4,-0.8V4.4H-4.4V-0.8Z",
    "bolt": "M1.4,-5.2L-3.8,1H-0.4L-1.4,5.2L3.8,-1H0.4Z",
    "ring": "M-4.6,0a4.6,4.6 0 1,0 9.2,0a4.6,4.6 0 1,0 -9.2,0ZM-2,0a2,2 0 1,1 4,0a2,2 0 1,1 -4,0Z",
}
"""Filled shapes of event types, by :attr:`geo.vocab.EventTypeTerm.symbol`."""

POST_MARKS = {
    "headquarters": "M-2.6,3.4V-3.6M-2.6,-3.6H3V0H-2.6",
    "base": "M-3.4,3L0,-3.4L3.4,3Z",
    "observation_post": "M-3.6,0C-1.8,-3 1.8,-3 3.6,0C1.8,3 -1.8,3 -3.6,0ZM-1,0a1,1 0 1,0 2,0a1,1 0 1,0 -2,0",
    "temporary_post": "M-3,-3L3,3M3,-3L-3,3",
    "checkpoint": "M-3.8,0H3.8M-3.8,-2V2M3.8,-2V2",
    "monitoring_centre": "M0,-3.6V3.6M-3.6,0H3.6M-2.5,-2.5L2.5,2.5M2.5,-2.5L-2.5,2.5",
    "humanitarian_centre": "M0,-3.6V3.6M-3.6,0H3.6",
    "observer_base": "M-3.4,-1.4H3.4M-3.4,1.4H3.4",
    "site": "M-1.4,0a1.4,1.4 0 1,0 2.8,0a1.4,1.4 0 1,0 -2.8,0",
}
"""Strokes inside the frame of a post, by its kind."""
