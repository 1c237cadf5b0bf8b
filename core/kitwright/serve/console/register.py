"""The staff as the command line keeps them: the same rules and the same record as the console's own pages."""

import os

from kitwright.bot import default_store_url
from kitwright.errors import Fault, UsageError
from kitwright.kit import load_bot_file
from kitwright.serve.console.keeping import as_role, named
from kitwright.serve.console.parts import STAFF_URL
from kitwright.serve.console.passwords import Passwords
from kitwright.store import AuditLog, Staff, open_database

_WHO = "(command line)"


class Register:
    """The staff in a database, with an audit log.

    Args:
        staff: of the database.
        audit: of the same.
        passwords: hashes them.
    """

    def __init__(self, staff: Staff, audit: AuditLog, passwords: Passwords | None = None) -> None:
        self.staff = staff
        self.audit = audit
        self._passwords = passwords or Passwords()

    def check_free(self, name: str, role: str) -> None:
        """See that somebody can be added under a name.

        Raises:
            UsageError: the name is taken or none that one can have, or there is no such role.
        """
        as_role(role)
        if self.staff.with_hash(named(name)):
            raise UsageError(Fault(code="KW107", place="staff", problem="the name is taken", value=name))

    def add(self, name: str, role: str, password: str) -> None:
        """Add somebody.

        Raises:
            UsageError: name, role or password can not be used.
        """
        self.staff.add(named(name), as_role(role), self._passwords.hashed(password))
        self.audit.add(_WHO, "added", detail=f"{named(name)}, {role}")

    def set_role(self, name: str, role: str) -> None:
        """Give somebody another role.

        Raises:
            UsageError: there is no such person or role, or no admin would be left.
        """
        self.staff.set_role(name, as_role(role))
        self.audit.add(_WHO, "changed a role", detail=f"{name}, {role}")

    def set_active(self, name: str, *, active: bool) -> None:
        """Let somebody sign in or not.

        Raises:
            UsageError: there is no such person, or no admin would be left.
        """
        self.staff.set_active(name, active=active)
        self.audit.add(_WHO, "turned on" if active else "turned off", detail=name)

    def set_password(self, name: str, password: str) -> None:
        """Give somebody another password.

        Raises:
            UsageError: there is no such person, or the password can not be used.
        """
        self.staff.set_hash(name, self._passwords.hashed(password))
        self.audit.add(_WHO, "changed a password", detail=name)


def open_register(bot: str) -> Register:
    """The staff of a server whose first bot this is.

    Raises:
        UsageError: there is no such bot.
        StoreFailed: the database can not be opened.
    """
    file = load_bot_file(bot)
    engine = open_database(os.environ.get(STAFF_URL) or file.store.url or default_store_url(file.name))
    return Register(Staff(engine), AuditLog(engine))
