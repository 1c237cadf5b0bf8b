"""Passwords of the staff: hashed with argon2id; a wrong name takes as long as a wrong password."""

import threading
from functools import cached_property
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from kitwright.errors import Fault, UsageError

LEAST: Final = 12
MOST: Final = 200
_AT_ONCE: Final = 2  # a hash takes 64 MiB while it is computed


class Passwords:
    """Hashes passwords, and compares them.

    Args:
        hasher: other costs than the library's own.

    Example:
        >>> passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8))
        >>> passwords.fits(passwords.hashed("a long password"), "a long password")
        True
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._free = threading.BoundedSemaphore(_AT_ONCE)

    def hashed(self, password: str) -> str:
        """The hash of a new password.

        Raises:
            UsageError: KW002, it is too short or too long.
        """
        if not LEAST <= len(password) <= MOST:
            problem = f"a password has {LEAST} to {MOST} characters"
            raise UsageError(Fault(code="KW002", place="password", problem=problem, hint="four random words are good"))
        with self._free:
            return self._hasher.hash(password)

    def fits(self, hashed: str | None, password: str) -> bool:
        """Whether a password is the hashed one; no hash, of a person who is not there, fits nothing."""
        if len(password) > MOST:
            return False
        with self._free:
            try:
                return self._hasher.verify(hashed or self._nobody, password) and hashed is not None
            except (VerificationError, InvalidHashError):
                return False

    def is_old(self, hashed: str) -> bool:
        """Whether a hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(hashed)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash("nobody's password")
