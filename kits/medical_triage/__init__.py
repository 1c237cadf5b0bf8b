"""The triage kit: a prototype assistant that says how urgent a health problem is, and what it may be."""
