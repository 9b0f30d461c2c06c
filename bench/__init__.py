"""Measurements beside peers: each prints its own table."""
