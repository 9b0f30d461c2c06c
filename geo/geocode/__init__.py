"""Geocoders with geopy's interface, so that any of them can stand in for another."""
