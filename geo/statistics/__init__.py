"""Numbers over time and by admin unit: events, deaths and control, for charts and tables."""
