"""Where rows are kept: append-only revisions, and the read model that pages query."""
