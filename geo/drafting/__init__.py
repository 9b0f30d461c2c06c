"""From a report's text and its places to proposed events; nothing here decides or saves."""
