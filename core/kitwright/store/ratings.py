"""Ratings of replies: a thumb, a reason, and scrubbed words; a later rating of a reply replaces the earlier."""

from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from kitwright.store.engine import FAILURES, store_failed
from kitwright.store.tables import RATINGS
from kitwright.types import ScrubbedText


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """What a person thought of a reply.

    Args:
        event_id: number of the reply's event.
        value: 1 good, -1 bad, 0 withdrawn.
        reason: one of the widget's choices.
        comment: in their words, scrubbed.
        better: what they would have said, scrubbed.
    """

    conversation_id: str
    event_id: int
    value: int
    at: datetime
    reason: str | None = None
    comment: ScrubbedText | None = None
    better: ScrubbedText | None = None


class Ratings:
    """The ratings in a store's database.

    Args:
        engine: of the store.
    """

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def put(self, bot: str, rating: Rating) -> None:
        """Keep a rating in the place of the one that is there.

        Raises:
            StoreFailed: it was not kept.
        """
        which = sa.and_(
            RATINGS.c.bot == bot,
            RATINGS.c.conversation_id == rating.conversation_id,
            RATINGS.c.event_id == rating.event_id,
        )
        names = ("conversation_id", "event_id", "value", "reason", "comment", "better")
        row = {name: getattr(rating, name) for name in names}
        row |= {"bot": bot, "at": rating.at.astimezone(UTC).isoformat()}
        try:
            with self._engine.begin() as connection:
                if connection.execute(RATINGS.update().where(which).values(row)).rowcount == 0:
                    connection.execute(RATINGS.insert(), row)
        except FAILURES as error:
            raise store_failed(str(self._engine.url), "can not be written", error) from error

    def of(self, bot: str, conversation_id: str | None = None) -> tuple[Rating, ...]:
        """The ratings of a conversation, or of all of a bot's conversations, oldest first.

        Raises:
            StoreFailed: the store can not be read.
        """
        which = [RATINGS.c.bot == bot]
        which += [RATINGS.c.conversation_id == conversation_id] if conversation_id else []
        query = sa.select(RATINGS).where(*which).order_by(RATINGS.c.at)
        try:
            with self._engine.connect() as connection:
                rows = connection.execute(query).mappings().all()
        except FAILURES as error:
            raise store_failed(str(self._engine.url), "can not be read", error) from error
        return tuple(
            Rating(
                conversation_id=row["conversation_id"],
                event_id=row["event_id"],
                value=row["value"],
                at=datetime.fromisoformat(row["at"]),
                reason=row["reason"],
                comment=row["comment"],
                better=row["better"],
            )
            for row in rows
        )
