"""The staff: who may use the console, as what, with which hashed password; and their sessions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast, get_args

import sqlalchemy as sa

from kitwright.errors import Fault, UsageError
from kitwright.store.room import Room, written
from kitwright.store.tables import STAFF, STAFF_SESSIONS

Role = Literal["agent", "reviewer", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Agents answer people; reviewers look into what bots and people said; admins do both, and keep the staff."""


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person of the staff.

    Args:
        active: whether they may sign in.
        at: when they were added.
    """

    name: str
    role: Role
    active: bool
    at: datetime


class Staff(Room):
    """The staff in a database."""

    def add(self, name: str, role: Role, hashed: str) -> None:
        """Add a person.

        Raises:
            UsageError: KW107, the name is taken.
            StoreFailed: they were not added.
        """
        row = {"name": name, "role": role, "hash": hashed, "active": True, "at": written(datetime.now(UTC))}
        with self.writing() as connection:
            taken = connection.execute(sa.select(STAFF.c.name).where(STAFF.c.name == name)).first()
            if taken is None:
                connection.execute(STAFF.insert(), row)
        if taken is not None:
            raise UsageError(Fault(code="KW107", place="staff", problem="the name is taken", value=name))

    def all(self) -> tuple[StaffMember, ...]:
        """Everybody, by name."""
        with self.reading() as connection:
            rows = connection.execute(sa.select(STAFF).order_by(STAFF.c.name)).mappings().all()
        return tuple(_member(row) for row in rows)

    def get(self, name: str) -> StaffMember:
        """A person by name.

        Raises:
            UsageError: KW001, there is none.
        """
        found = self.with_hash(name)
        if found is None:
            names = tuple(member.name for member in self.all())
            raise UsageError(Fault(code="KW001", place="staff", problem="nobody has this name", choices=names))
        return found[0]

    def with_hash(self, name: str) -> tuple[StaffMember, str] | None:
        """A person and the hash of their password."""
        with self.reading() as connection:
            row = connection.execute(sa.select(STAFF).where(STAFF.c.name == name)).mappings().first()
        return (_member(row), str(row["hash"])) if row else None

    def is_any_active(self, roles: Collection[Role]) -> bool:
        """Whether anybody of these roles may sign in."""
        query = sa.select(STAFF.c.name).where(STAFF.c.active, STAFF.c.role.in_(roles)).limit(1)
        with self.reading() as connection:
            return connection.execute(query).first() is not None

    def set_role(self, name: str, role: Role) -> None:
        """Give a person another role; they have to sign in again.

        Raises:
            UsageError: there is no such person, or no admin would be left.
        """
        self._change(name, role=role, keeps_admin=role == "admin")

    def set_active(self, name: str, *, active: bool) -> None:
        """Let a person sign in or not; their sessions end.

        Raises:
            UsageError: there is no such person, or no admin would be left.
        """
        self._change(name, active=active, keeps_admin=active)

    def set_hash(self, name: str, hashed: str) -> None:
        """Give a person another password; their sessions end.

        Raises:
            UsageError: there is no such person.
        """
        self._change(name, hash=hashed, keeps_admin=True)

    def renew_hash(self, name: str, hashed: str) -> None:
        """Keep the same password under a better hash; sessions go on."""
        with self.writing() as connection:
            connection.execute(STAFF.update().where(STAFF.c.name == name).values(hash=hashed))

    def open_session(self, name: str, session_id: str, expires: datetime) -> None:
        """Keep a session; those that have expired are removed."""
        now = written(datetime.now(UTC))
        row = {"id": session_id, "name": name, "at": now, "expires": written(expires)}
        with self.writing() as connection:
            connection.execute(STAFF_SESSIONS.delete().where(STAFF_SESSIONS.c.expires <= now))
            connection.execute(STAFF_SESSIONS.insert(), row)

    def of_session(self, session_id: str) -> StaffMember | None:
        """Whose session it is, while it lasts and they may sign in."""
        sessions = STAFF.join(STAFF_SESSIONS, STAFF.c.name == STAFF_SESSIONS.c.name)
        which = (STAFF_SESSIONS.c.id == session_id, STAFF_SESSIONS.c.expires > written(datetime.now(UTC)))
        with self.reading() as connection:
            row = connection.execute(sa.select(STAFF).select_from(sessions).where(*which, STAFF.c.active)).mappings()
            found = row.first()
        return _member(found) if found else None

    def close_session(self, session_id: str) -> None:
        """End a session."""
        with self.writing() as connection:
            connection.execute(STAFF_SESSIONS.delete().where(STAFF_SESSIONS.c.id == session_id))

    def close_sessions(self, name: str) -> int:
        """End all sessions of a person; returns how many."""
        with self.writing() as connection:
            gone = connection.execute(STAFF_SESSIONS.delete().where(STAFF_SESSIONS.c.name == name))
            return int(gone.rowcount)

    def _change(self, name: str, *, keeps_admin: bool, **values: object) -> None:
        self.get(name)
        others = sa.select(STAFF.c.name).where(STAFF.c.role == "admin", STAFF.c.active, STAFF.c.name != name)
        is_admin = sa.select(STAFF.c.name).where(STAFF.c.role == "admin", STAFF.c.active, STAFF.c.name == name)
        with self.writing() as connection:
            is_last = not keeps_admin and bool(connection.execute(is_admin).first())
            is_last = is_last and connection.execute(others.limit(1)).first() is None
            if not is_last:
                connection.execute(STAFF.update().where(STAFF.c.name == name).values(**values))
                connection.execute(STAFF_SESSIONS.delete().where(STAFF_SESSIONS.c.name == name))
        if is_last:
            hint = "make somebody else an admin first"
            raise UsageError(
                Fault(code="KW002", place="staff", problem="no admin would be left", value=name, hint=hint)
            )


def _member(row: Any) -> StaffMember:
    role = cast("Role", row["role"])
    return StaffMember(row["name"], role, bool(row["active"]), datetime.fromisoformat(row["at"]))
