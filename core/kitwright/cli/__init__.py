"""The command line: `kitwright …`; every command is one function in a file of this room.

Exit codes: 0 done, 1 a check did not hold, 2 wrong use. Errors go to stderr, one line each.
"""

from kitwright.cli.main import main

__all__ = ["main"]
