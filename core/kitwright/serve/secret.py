"""The key that tokens are signed with: from `KITWRIGHT_SECRET`, or from a file that is made once, for its owner alone.

Several processes that serve the same conversations need the same key, and so the variable.
"""

import secrets
from collections.abc import Mapping
from typing import Final

from kitwright.files import KeyFile, data_root

VARIABLE: Final = "KITWRIGHT_SECRET"
_LEAST: Final = 32  # characters
_FILE: Final = "server.key"
_KEY: Final = KeyFile("the server's key", "KW504", VARIABLE, lambda: secrets.token_urlsafe(48))


def server_secret(environment: Mapping[str, str] | None = None) -> str:
    """The key.

    Raises:
        StoreFailed: KW504, it is too short, or its file can be read by others or not at all.
    """
    key, place = _KEY.read(data_root() / _FILE, environment)
    if len(key) < _LEAST:
        raise _KEY.failed(place, f"is shorter than {_LEAST} characters", "openssl rand -base64 48 makes one")
    return key
