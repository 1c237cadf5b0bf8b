"""The parts of the console of one application: the staff, their sessions, the audit log, and the desk they work at."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy.typing as npt
import sqlalchemy as sa
from fastapi import Request

from kitwright.bot import Bot
from kitwright.errors import StoreFailed
from kitwright.serve.console.passwords import Passwords
from kitwright.serve.console.recent import Recent
from kitwright.serve.console.rights import RIGHTS
from kitwright.serve.console.session import Sessions
from kitwright.serve.desk import Desk
from kitwright.serve.log import hashed
from kitwright.serve.throttle import Throttle
from kitwright.store import AuditLog, CannedReplies, Staff, open_database
from kitwright.types import ScrubbedText

STAFF_URL: Final = "KITWRIGHT_STAFF_URL"
_TRUE_FOR_S: Final = 2.0
Encode = Callable[[Sequence[ScrubbedText]], npt.NDArray[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Console:
    """The parts.

    Args:
        tries: sign-ins to one name from one address.
        tries_by_name: sign-ins to one name.
        tries_by_address: sign-ins from one address.
        recent: lists that many look at.
        encode: turns texts into vectors, to group them by meaning.
    """

    desk: Desk
    staff: Staff
    sessions: Sessions
    passwords: Passwords
    audit: AuditLog
    canned: CannedReplies
    staffed: "Staffed"
    tries: Throttle
    tries_by_name: Throttle
    tries_by_address: Throttle
    recent: Recent
    encode: Encode

    def note(
        self, who: str, what: str, bot: str | None = None, conversation: str | None = None, *, of: str = ""
    ) -> None:
        """Keep in the audit log that somebody did something.

        Raises:
            StoreFailed: it was not kept.
        """
        self.audit.add(who, what, bot=bot, conversation=hashed(conversation) if conversation else None, detail=of)


class Staffed:
    """Whether anybody of the staff could answer; asked on every message, so the answer is good for a moment.

    Args:
        staff: the staff.
    """

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._looking = threading.Lock()
        self._is_staffed = False
        self._until = 0.0
        self.look()

    def __call__(self, _bot: str) -> bool:
        """Whether somebody could; an old answer is good once more while a thread looks again."""
        if time.monotonic() > self._until and self._looking.acquire(blocking=False):
            self._until = time.monotonic() + _TRUE_FOR_S
            threading.Thread(target=self._look_and_release, daemon=True).start()
        return self._is_staffed

    def look(self) -> None:
        """Look now."""
        try:
            self._is_staffed = self._staff.is_any_active(RIGHTS["answer"])
        except StoreFailed:
            return  # it stays as it was
        self._until = time.monotonic() + _TRUE_FOR_S

    def _look_and_release(self) -> None:
        try:
            self.look()
        finally:
            self._looking.release()


def new_console(desk: Desk, secret: str, encode: Encode) -> Console:
    """The console of an application over a desk.

    Raises:
        StoreFailed: the database of the staff can not be opened.
    """
    engine = staff_engine(next(iter(desk.bots.values())))
    staff = Staff(engine)
    return Console(
        desk=desk,
        staff=staff,
        sessions=Sessions(staff, secret),
        passwords=Passwords(),
        audit=AuditLog(engine),
        canned=CannedReplies(engine),
        staffed=Staffed(staff),
        tries=Throttle("tries to sign in", 5),
        tries_by_name=Throttle("tries to sign in", 30),
        tries_by_address=Throttle("tries to sign in", 20),
        recent=Recent(),
        encode=encode,
    )


def staff_engine(bot: Bot) -> sa.Engine:
    """The database of the staff: of `KITWRIGHT_STAFF_URL`, or the one that the first bot's conversations are in.

    Raises:
        StoreFailed: it can not be opened.
    """
    url = os.environ.get(STAFF_URL)
    return open_database(url) if url else bot.store.engine


def console_of(request: Request) -> Console:
    """The console of the application that a request came to."""
    found: Console = request.app.state.console
    return found
