"""Use cases: what pages and command line both call, so that they say the same."""
