"""The audit log: who of the staff did what and when; conversations are named by a hash, and no words are kept."""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from kitwright.store.room import Room, written
from kitwright.store.tables import AUDIT


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Something that was done.

    Args:
        who: name of a person of the staff.
        what: a short word for it, e.g. `took over`.
        conversation: a hash of its id.
        detail: what was changed, in words of our own.
    """

    who: str
    what: str
    at: datetime
    bot: str | None = None
    conversation: str | None = None
    detail: str = ""


class AuditLog(Room):
    """The audit log in a database; entries are added, never changed."""

    def add(
        self, who: str, what: str, *, bot: str | None = None, conversation: str | None = None, detail: str = ""
    ) -> None:
        """Keep that something was done.

        Raises:
            StoreFailed: it was not kept.
        """
        row = {"at": written(datetime.now(UTC)), "who": who, "what": what, "bot": bot, "detail": detail}
        with self.writing() as connection:
            connection.execute(AUDIT.insert(), {**row, "conversation": conversation})

    def between(
        self, since: datetime, until: datetime, *, who: str | None = None, bot: str | None = None, limit: int = 500
    ) -> tuple[AuditEntry, ...]:
        """What was done in a time, newest first."""
        which = [AUDIT.c.at >= written(since), AUDIT.c.at < written(until)]
        which += [AUDIT.c.who == who] if who else []
        which += [AUDIT.c.bot == bot] if bot else []
        query = sa.select(AUDIT).where(*which).order_by(AUDIT.c.id.desc()).limit(limit)
        with self.reading() as connection:
            rows = connection.execute(query).mappings().all()
        names = ("who", "what", "bot", "conversation", "detail")
        return tuple(
            AuditEntry(at=datetime.fromisoformat(row["at"]), **{name: row[name] for name in names}) for row in rows
        )
