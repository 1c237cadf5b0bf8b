"""Sessions of the staff: a signed cookie that names a session in the store, and the token that forms send back.

A session ends when it expires, is signed out, or its owner's sessions are ended everywhere; the cookie alone opens
nothing then. The form token is bound to the session, so that no other page and no other person can make it.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import jwt
from fastapi import Request, Response

from kitwright.store import Staff, StaffMember

COOKIE: Final = "kitwright_console"
PATH: Final = "/console"
LASTS: Final = timedelta(hours=12)
_VISIT: Final = timedelta(hours=1)
_ALGORITHM: Final = "HS256"
_SESSION: Final = "kitwright console"
_BEFORE: Final = "kitwright console, before sign-in"
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in.

    Args:
        token: what forms send back.
    """

    id: str
    member: StaffMember
    token: str


class Sessions:
    """Gives and reads sessions.

    Args:
        staff: where they are kept.
        secret: the key.
    """

    def __init__(self, staff: Staff, secret: str) -> None:
        self._staff = staff
        self._secret = secret

    def open(self, member: StaffMember, request: Request, response: Response) -> None:
        """Sign somebody in: keep a session and put its cookie on the response.

        Raises:
            StoreFailed: it was not kept.
        """
        session_id, expires = secrets.token_urlsafe(32), datetime.now(UTC) + LASTS
        self._staff.open_session(member.name, _kept(session_id), expires)
        self._give(request, response, _SESSION, session_id, LASTS)

    def begin(self, request: Request, response: Response) -> str:
        """Give somebody who is not signed in a cookie, so that the sign-in form can be told from a forged one."""
        session_id = self._read(request, _BEFORE) or secrets.token_urlsafe(32)
        self._give(request, response, _BEFORE, session_id, _VISIT)
        return self._token(session_id)

    def before(self, request: Request) -> str | None:
        """The token that the sign-in form has to send back."""
        session_id = self._read(request, _BEFORE)
        return self._token(session_id) if session_id else None

    def of(self, request: Request) -> Session | None:
        """Who a request comes from.

        Raises:
            StoreFailed: the sessions can not be read.
        """
        session_id = self._read(request, _SESSION)
        member = self._staff.of_session(_kept(session_id)) if session_id else None
        return Session(session_id, member, self._token(session_id)) if session_id and member else None

    def close(self, session: Session, response: Response) -> None:
        """Sign somebody out here."""
        self._staff.close_session(_kept(session.id))
        response.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="strict")

    def _give(self, request: Request, response: Response, audience: str, session_id: str, lasts: timedelta) -> None:
        claims = {"aud": audience, "sub": session_id, "exp": datetime.now(UTC) + lasts}
        response.set_cookie(
            COOKIE,
            jwt.encode(claims, self._secret, algorithm=_ALGORITHM),
            max_age=int(lasts.total_seconds()),
            path=PATH,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )

    def _read(self, request: Request, audience: str) -> str | None:
        cookie = request.cookies.get(COOKIE, "")
        if not cookie or len(cookie) > _LONGEST:
            return None
        options = {"require": ["exp", "sub", "aud"]}
        try:
            claims = jwt.decode(cookie, self._secret, [_ALGORITHM], audience=audience, options=options)  # type: ignore[arg-type]  # its TypedDict
        except (jwt.InvalidTokenError, ValueError, RecursionError):
            return None
        return str(claims["sub"])

    def _token(self, session_id: str) -> str:
        return hmac.new(self._secret.encode(), f"form {session_id}".encode(), hashlib.sha256).hexdigest()


def is_token(given: str, token: str | None) -> bool:
    """Whether a form sent back the token it was given."""
    return token is not None and hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _kept(session_id: str) -> str:
    """A session's id as the store has it: nobody who reads the store can use it."""
    return hashlib.sha256(session_id.encode()).hexdigest()
