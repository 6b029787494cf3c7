"""Doors of dossiers: read input, make one call, render."""
