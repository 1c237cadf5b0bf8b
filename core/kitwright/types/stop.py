"""Ends a turn early: the person pressed stop, time ran out, or nobody may hear of it any more."""

import threading

from kitwright.errors import Fault, TurnStopped


class Stop:
    """Asks a running turn to end; safe to use from several threads.

    A turn that is not decided yet ends without a trace; after that it goes on to its end, since tools may have done
    their work, but its reply is cut to what was shown. An abandoned turn is not kept, whatever it came to.
    """

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._abandoned = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether the turn is to end early."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Ask the turn to end early."""
        self._cancelled.set()

    def abandon(self) -> None:
        """Ask the turn to end, and to leave nothing behind."""
        self._abandoned.set()
        self._cancelled.set()

    def check(self, *, kept: bool = False) -> None:
        """Stop the turn here if somebody asked for it.

        Args:
            kept: the turn is about to be kept; only one that was abandoned stops then.

        Raises:
            TurnStopped: it was asked to.
        """
        if self._abandoned.is_set():
            raise TurnStopped(Fault(code="KW205", place="turn", problem="the turn took too long", hint="send it again"))
        if self._cancelled.is_set() and not kept:
            raise TurnStopped(Fault(code="KW204", place="turn", problem="cancelled before anything was decided"))
