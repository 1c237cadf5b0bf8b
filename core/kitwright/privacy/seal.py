"""Sealing a vault: its values encrypted with a key of its own, bound to the conversation they belong to.

AES-256-GCM with a fresh nonce for each sealing. The bot and the conversation are authenticated with it, so what was
sealed for one conversation can not be opened as another's.
"""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from kitwright.files import KeyFile

_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_VERSION: Final = "kitwright vault 1"
_URL_SAFE: Final = str.maketrans("-_", "+/")  # the other alphabet of base64


class Seal:
    """Seals and opens the values of vaults.

    Args:
        key: 32 random bytes, kept apart from what is sealed.

    Example:
        >>> seal = Seal(bytes(32))
        >>> sealed = seal.close({"<PERSON_1>": "Jo"}, owner="shop/c1")
        >>> seal.open(sealed, owner="shop/c1"), seal.open(sealed, owner="shop/c2")
        ({'<PERSON_1>': 'Jo'}, None)
    """

    def __init__(self, key: bytes) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM(key)

    def close(self, values: Mapping[str, str], *, owner: str) -> bytes:
        """The values, sealed for their owner."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, json.dumps(dict(values)).encode(), _bound(owner))

    def open(self, sealed: bytes, *, owner: str) -> dict[str, str] | None:
        """The values; None where they were sealed with another key or for another owner, or were changed since."""
        from cryptography.exceptions import InvalidTag

        try:
            opened = self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _bound(owner))
        except (InvalidTag, ValueError):
            return None
        return {str(token): str(value) for token, value in json.loads(opened).items()}

    def __repr__(self) -> str:
        return "Seal()"


def vault_key(variable: str, file: Path) -> bytes:
    """The key of the vaults: from an environment variable, in base64, or else from a file that only its owner may read.

    A file that is not there is made.

    Raises:
        StoreFailed: KW502, the key is malformed, or its file can be read by others or not at all.
    """
    source = KeyFile("the vaults' key", "KW502", variable, _fresh)
    text, place = source.read(file)
    try:
        key = base64.b64decode(text.translate(_URL_SAFE), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise source.failed(place, f"is not {_KEY_BYTES} bytes in base64", "openssl rand -base64 32 makes one")
    return key


def _fresh() -> str:
    return base64.b64encode(os.urandom(_KEY_BYTES)).decode()


def _bound(owner: str) -> bytes:
    return f"{_VERSION}\0{owner}".encode("utf-8", "surrogatepass")
