"""Visitors' tokens: signed, good for one conversation with one bot, for a limited time."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import jwt

from kitwright.errors import Fault, Refused

_ALGORITHM: Final = "HS256"
_AUDIENCE: Final = "kitwright visitor"
LONGEST: Final = 2000
"""Characters of a token; more is not looked at."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who a token speaks for."""

    bot: str
    conversation_id: str


class Tokens:
    """Gives and reads tokens.

    Args:
        secret: the key.
        lifetime: how long a token is good.

    Example:
        >>> tokens = Tokens("k" * 32, timedelta(days=1))
        >>> token, _ = tokens.give("shop", "c1")
        >>> tokens.read(token)
        Visitor(bot='shop', conversation_id='c1')
    """

    def __init__(self, secret: str, lifetime: timedelta) -> None:
        self._secret = secret
        self._lifetime = lifetime

    def give(self, bot: str, conversation_id: str) -> tuple[str, datetime]:
        """A token for a conversation, and when it expires."""
        now = datetime.now(UTC)
        expires = now + self._lifetime
        claims = {"aud": _AUDIENCE, "bot": bot, "sub": conversation_id, "iat": now, "exp": expires}
        return jwt.encode(claims, self._secret, algorithm=_ALGORITHM), expires

    def read(self, token: str) -> Visitor:
        """Who a token speaks for.

        Raises:
            Refused: KW207, it is not one of ours, or has expired.
        """
        problem = "the token is not valid"
        try:
            if len(token) <= LONGEST:
                claims = jwt.decode(
                    token, self._secret, [_ALGORITHM], audience=_AUDIENCE, options={"require": ["exp", "sub", "aud"]}
                )
                return Visitor(str(claims["bot"]), str(claims["sub"]))
        except jwt.ExpiredSignatureError:
            problem = "the token has expired"
        except (jwt.InvalidTokenError, KeyError, ValueError, RecursionError):
            pass
        hint = "open a conversation: POST /api/conversations gives a token"
        raise Refused(Fault(code="KW207", place="token", problem=problem, hint=hint))
