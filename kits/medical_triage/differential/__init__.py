"""The differential: which conditions may be behind a case, and how likely each is."""
