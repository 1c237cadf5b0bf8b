"""The porter: what all doors have in common, from who stands there to a message on its way to the bot."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from fastapi import Request

from kitwright.errors import Fault, Refused
from kitwright.serve.api.conversations import described_bot
from kitwright.serve.api.streams import with_pauses
from kitwright.serve.doors.keys import Keys, given_key
from kitwright.serve.event import ServerEvent
from kitwright.serve.reception import Reception, address_of
from kitwright.serve.sending import Sending
from kitwright.serve.settings import Door
from kitwright.serve.throttle import Throttle


@dataclass(frozen=True, slots=True)
class Caller:
    """Who stands at a door.

    Args:
        address: where from.
        key: name of the API key that was brought; empty for none.
    """

    address: str
    key: str = ""

    @property
    def counted_as(self) -> str:
        """Whose messages are counted together."""
        return self.key or self.address


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message that came through a door.

    Args:
        door: that it came through.
        bot: name of the bot.
        conversation_id: of the conversation; it is opened where there is none yet.
        text: what the person typed.
        consent: they agreed to what the kit asks for first.
        message_id: the message's own, where it can come twice.
    """

    door: Door
    bot: str
    conversation_id: str
    text: str = field(repr=False)
    consent: bool = False
    message_id: str | None = None


class Porter:
    """Lets callers in, and their messages through.

    Args:
        reception: the parts of the application.
        secret: what ids of conversations are made with, so that nobody can make one up.
        keys: what opens the doors.
    """

    def __init__(self, reception: Reception, secret: str, keys: Keys) -> None:
        self.reception = reception
        self.desk = reception.desk
        self.keys = keys
        self._secret = secret.encode()
        self._wrong_keys = Throttle("wrong keys from one address", 20)
        self._entering: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def first_bot(self) -> str:
        """The bot of those who name none."""
        return next(iter(self.desk.bots))

    def caller(self, request: Request) -> Caller:
        """Who sent a request that needs a key, where there are keys.

        Raises:
            Refused: they have none of ours.
        """
        address = address_of(request)
        try:
            return Caller(address, self.keys.name_of(given_key(request)))
        except Refused:
            self._wrong_keys.take(address)
            raise

    def conversation(self, door: Door, *names: str) -> str:
        """The id of the conversation that a client knows by these names.

        The names stay here: what a client calls a person (often a telephone number) is not kept, and who knows one
        door's names, or the id, can enter no conversation by another door.
        """
        return f"{door}-{self.digest(door, *names).hex()[:32]}"

    def digest(self, *words: str) -> bytes:
        """A hash that only this server can make."""
        return hmac.digest(self._secret, json.dumps(words).encode("ascii"), "sha256")

    async def take(self, caller: Caller, spoken: Spoken) -> Sending:
        """Take a message; those of one conversation in the order they came.

        Raises:
            UsageError: there is no such bot.
            Refused: it is too long, there are too many, consent is missing, or the server is busy or stopping.
            StoreFailed: the conversation can not be opened.
        """
        name, settings = self.desk.bot(spoken.bot).name, self.reception.settings
        if len(spoken.text) > settings.message_characters:
            problem = f"longer than {settings.message_characters} characters"
            raise Refused(Fault(code="KW201", place="body.message", problem=problem))
        self.reception.sends.take(spoken.conversation_id)
        self.reception.sends_by_address.take(caller.counted_as)
        entering = self._entering.setdefault(spoken.conversation_id, asyncio.Lock())
        async with entering:
            await self._enter(caller, spoken)
            return self.desk.begin(
                name, spoken.conversation_id, spoken.text, message_id=spoken.message_id, must_exist=True
            )

    async def missed(self, sending: Sending) -> list[str]:
        """What people of the staff wrote before a message that is over, and since the one before it.

        For clients that we can not call back: they hear it with the next reply.
        """
        if not self.desk.staffed(sending.bot):
            return []
        history = await self.desk.history(sending.bot, sending.conversation_id)
        said = [event.data for event in history.events if event.kind == "message"]
        asked = [at for at, message in enumerate(said) if message["from"] == "user"]
        since = asked[-2] if len(asked) > 1 else 0
        return [str(message["text"]) for message in said[since : asked[-1]] if message["from"] == "agent"]

    async def begun(self, sending: Sending) -> AsyncIterator[ServerEvent | None]:
        """The events of a message once there are some, with a None in long pauses.

        Raises:
            Refused: the first of them is an error, which can still be said with a status.
        """
        events = with_pauses(sending.follow(), self.reception.settings.keepalive_seconds)
        first = await anext(events)
        if first is not None and first.kind == "error":
            raise Refused(sending.faults)

        async def all_of_them() -> AsyncIterator[ServerEvent | None]:
            yield first
            async for event in events:
                yield event

        return all_of_them()

    async def _enter(self, caller: Caller, spoken: Spoken) -> None:
        bot = self.desk.bot(spoken.bot)
        if await self.desk.io(bot.store.holds, bot.name, spoken.conversation_id):
            return
        self.reception.opens.take(caller.counted_as)
        if described_bot(bot, None).consent is not None and not spoken.consent:
            hint = "show it, and send consent: true (in metadata, where there is one) once it was agreed to"
            raise Refused(Fault(code="KW210", place="body.consent", problem="consent is needed first", hint=hint))
        await self.desk.open(
            bot.name, consent=spoken.consent, channel=spoken.door, conversation_id=spoken.conversation_id
        )


def porter_of(request: Request) -> Porter:
    """The porter of the application that a request came to."""
    found: Porter = request.app.state.porter
    return found


async def finished(sending: Sending) -> Mapping[str, object]:
    """The `message` that a message led to.

    Raises:
        Refused: faults came instead.
    """
    async for _ in sending.follow():
        pass
    if sending.faults:
        raise Refused(sending.faults)
    return next(event.data for event in sending.events if event.kind == "message")


def rest_of(text: str, seen: str, missed: list[str]) -> str:
    """What a stream still has to say at its end, of a reply and what people of the staff wrote before it."""
    rest = [text[len(seen) :] if text.startswith(seen) else ""]
    if seen:
        return "\n\n".join([rest[0], *missed])
    return "\n\n".join(filter(None, [*missed, *rest]))


def reply_text(message: Mapping[str, object]) -> str:
    """What the bot said; empty where the message was only kept, since a person is to answer."""
    return str(message["text"]) if message["from"] == "bot" else ""


def message_id_of(request: Request) -> str | None:
    """The message's own id: of the header `Idempotency-Key`, as a hash."""
    given = request.headers.get("idempotency-key")
    return given and f"key-{hashlib.sha256(given.encode('utf-8', 'replace')).hexdigest()[:40]}"


def agreed(metadata: Mapping[str, object]) -> bool:
    """Whether consent is told in metadata, where some protocols know words only."""
    return str(metadata.get("consent", "")).lower() == "true"
