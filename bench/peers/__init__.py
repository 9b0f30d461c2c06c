"""The peers that the benches measure beside ours, and how they get here."""
