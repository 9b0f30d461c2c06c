"""Rows as files that other programs read: tables and layers, each with its licence and the record of its making."""
