"""Pages that belong to the person and to no module: my work, notices, search."""
