"""The console: pages on which the staff see what bots and people say, take over, and look into how it went.

Server-rendered pages under `/console`, which work without a script; with it, they keep themselves up to date. Nothing
comes from another host. What people said is shown as it was kept: scrubbed, with placeholders.
"""

from kitwright.serve.console.application import add_console

__all__ = ["add_console"]
