"""Rules: the screen that sets the least level before any model."""
