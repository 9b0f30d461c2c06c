"""From report text to places: find the names, ask the gazetteer, decide or leave open."""
