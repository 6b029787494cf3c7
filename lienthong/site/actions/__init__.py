"""Acts that several parts of the foundation and the modules do together, in one transaction."""
