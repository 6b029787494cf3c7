"""Doors: read input, one call, render."""
