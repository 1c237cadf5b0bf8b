"""Replies that the staff wrote beforehand, to be sent to anybody; texts about a shop, not about a person."""

from dataclasses import dataclass

import sqlalchemy as sa

from kitwright.store.room import Room
from kitwright.store.tables import CANNED


@dataclass(frozen=True, slots=True)
class CannedReply:
    """A reply with a title to find it by."""

    id: int
    title: str
    text: str


class CannedReplies(Room):
    """The replies of every bot in a database."""

    def of(self, bot: str) -> tuple[CannedReply, ...]:
        """A bot's replies, by title."""
        columns = sa.select(CANNED.c.id, CANNED.c.title, CANNED.c.text)
        with self.reading() as connection:
            rows = connection.execute(columns.where(CANNED.c.bot == bot).order_by(CANNED.c.title)).all()
        return tuple(CannedReply(*row) for row in rows)

    def put(self, bot: str, title: str, text: str) -> None:
        """Keep a reply in the place of the one with this title."""
        which = sa.and_(CANNED.c.bot == bot, CANNED.c.title == title)
        with self.writing() as connection:
            connection.execute(CANNED.delete().where(which))
            connection.execute(CANNED.insert(), {"bot": bot, "title": title, "text": text})

    def remove(self, bot: str, number: int) -> None:
        """Remove a reply."""
        with self.writing() as connection:
            connection.execute(CANNED.delete().where(CANNED.c.bot == bot, CANNED.c.id == number))
