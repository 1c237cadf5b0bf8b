"""What people do in a conversation besides sending messages: open it, ask for a person, start again, answer as staff.

Every word goes through the scrubber before it is kept. What an agent writes is meant for the conversation's owner, so
its values come back to the owner, as the owner's own do; the staff see placeholders.
"""

from datetime import UTC, datetime

from kitwright.bot.conversation import Conversation, Conversations
from kitwright.bot.receive import cleaned
from kitwright.protocols import Scrubber, Store
from kitwright.types import Event, EventKind, RawText, ScrubbedText


class People:
    """Keeps what people do in the conversations of one bot.

    Args:
        store: where it is kept.
        bot: the bot's name.
        conversations: those in memory, with their vaults.
        scrubber: removes personal data.
    """

    def __init__(self, store: Store, bot: str, conversations: Conversations, scrubber: Scrubber) -> None:
        self._store = store
        self._bot = bot
        self._conversations = conversations
        self._scrubber = scrubber

    def record(self, conversation: str, kind: EventKind, **data: object) -> Event:
        """Keep an event that holds no words of a person, such as `opened`, `handoff` or `agent_joined`.

        Raises:
            StoreFailed: it was not kept.
        """
        with self._conversations.turn(conversation) as held:
            return self._kept(held, Event(kind, datetime.now(UTC), data))

    def say(self, conversation: str, text: str, *, agent: str) -> Event:
        """Keep what an agent says, scrubbed.

        Raises:
            ScrubFailed: personal data could not be removed; nothing was kept.
            StoreFailed: it was not kept.
        """
        return self._said(conversation, "agent", text, agent)

    def note(self, conversation: str, text: str, *, agent: str) -> Event:
        """Keep what an agent notes for others of the staff, scrubbed; the visitor never sees it.

        Raises:
            ScrubFailed: personal data could not be removed; nothing was kept.
            StoreFailed: it was not kept.
        """
        return self._said(conversation, "note", text, agent)

    def scrubbed(self, conversation: str, text: str) -> ScrubbedText:
        """Words of a person about a conversation, with placeholders of its vault; their values come back to its owner.

        Raises:
            ScrubFailed: personal data could not be removed; nothing of the text may be used.
            StoreFailed: the conversation can not be read.
        """
        with self._conversations.turn(conversation) as held:
            return self._scrubbed(held, text)

    def _said(self, conversation: str, kind: EventKind, text: str, agent: str) -> Event:
        with self._conversations.turn(conversation) as held:
            scrubbed = self._scrubbed(held, text)
            return self._kept(held, Event(kind, datetime.now(UTC), {"text": scrubbed, "agent": agent}))

    def _scrubbed(self, held: Conversation, text: str) -> ScrubbedText:
        scrubbed = self._scrubber.scrub(RawText(cleaned(RawText(text))), held.vault).text
        self._conversations.keep_vault(held)
        return scrubbed

    def _kept(self, held: Conversation, event: Event) -> Event:
        (kept,) = self._store.append(self._bot, held.id, (event,))
        held.events = (*held.events, kept)
        return kept
