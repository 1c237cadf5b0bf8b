"""Keys of the doors that programs use: `KITWRIGHT_API_KEYS`, and `KITWRIGHT_SOCKETIO_JWT_KEY` for socket.io.

Without them these doors are open, as the visitors' API is. API keys are asked for at `/v1` and `/webhooks/rest`; who
has one sees none of the conversations of another key. The doors of browsers need none, since a page shows its keys to
everyone: there, allowed origins and limits guard.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import jwt
from fastapi import Request

from kitwright.errors import Fault, Refused, UsageError

API_KEYS: Final = "KITWRIGHT_API_KEYS"
JWT_KEY: Final = "KITWRIGHT_SOCKETIO_JWT_KEY"
_LEAST: Final = 16  # characters
_LONGEST: Final = 2000


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens the doors.

    Args:
        api: hashes of the API keys; empty for none needed.
        jwt: the key that socket.io clients sign their token with (HS256); None for none needed.
    """

    api: Sequence[str] = ()
    jwt: str | None = field(default=None, repr=False)

    def name_of(self, given: str | None) -> str:
        """The short name of an API key, which tells callers apart; empty where none is needed.

        Raises:
            Refused: KW207, it is not one of ours.
        """
        if not self.api:
            return ""
        if given is not None:
            digest = _hashed(given[:_LONGEST])
            if any(hmac.compare_digest(digest, known) for known in self.api):
                return digest[:16]
        problem = "there is no API key" if given is None else "the API key is not valid"
        hint = "send the header Authorization: Bearer KEY"
        raise Refused(Fault(code="KW207", place="key", problem=problem, hint=hint))

    def lets_in(self, token: object) -> bool:
        """Whether a socket.io client may connect with this token."""
        if self.jwt is None:
            return True
        try:
            if isinstance(token, str) and len(token) <= _LONGEST:
                jwt.decode(token.removeprefix("Bearer "), self.jwt, ["HS256"], options={"verify_aud": False})
                return True
        except (jwt.InvalidTokenError, ValueError, RecursionError):
            pass
        return False


def read_keys(environment: Mapping[str, str] | None = None) -> Keys:
    """The keys that the environment names.

    Raises:
        UsageError: one is too short to be a secret.
    """
    variables = os.environ if environment is None else environment
    given = [key.strip() for key in variables.get(API_KEYS, "").split(",") if key.strip()]
    signing = variables.get(JWT_KEY, "").strip() or None
    short = [API_KEYS] * any(len(key) < _LEAST for key in given) + [JWT_KEY] * (
        signing is not None and len(signing) < 32
    )
    if short:
        hint = "openssl rand -base64 32 makes one"
        raise UsageError(
            Fault(code="KW002", place=f"${name}", problem="a key is too short", hint=hint) for name in short
        )
    return Keys(tuple(map(_hashed, given)), signing)


def given_key(request: Request) -> str | None:
    """The key that a request brings: as a bearer token, or as Rasa's `?token=`."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else request.query_params.get("token")


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
