"""A case: what is known about one person, as plain data that can be kept and read again."""
