"""Everything that talks to a browser: pages, map component, routes."""
