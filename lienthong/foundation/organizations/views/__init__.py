"""Pages for administrators of agencies, and the page on which everybody names a substitute."""
