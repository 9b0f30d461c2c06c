"""Briefing sheets: one page that carries a map, its legend, its figures and everything it must state."""
