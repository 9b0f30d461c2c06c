"""conflictmap's domain: from reports and tables to a map that can be defended."""
