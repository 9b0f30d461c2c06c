"""Boundary layers: read with their description, assign coordinates to units, draw a place as its area."""
