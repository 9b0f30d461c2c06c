"""The tables of the field that are known by their columns: one file each, found by their signature."""
