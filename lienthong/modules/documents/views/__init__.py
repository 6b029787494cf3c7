"""The doors of the documents module: read input, make one call, render."""
