"""Reading: what a message tells of a person's findings, by words and by meaning."""
