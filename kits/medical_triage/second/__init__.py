"""The second opinion: a learned look at a message, which may only raise the level."""
