"""The list of places: how names compare, how the file is built, and how it is asked."""
