"""Two people and one bot: whatever they say, and whatever its model, its store and its process do, values stay apart.

The model says any placeholder that was ever seen, the process starts again with or without the key of the vaults,
scrubbing fails, and conversations are deleted in between.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from kitwright.bot import Bot
from kitwright.bot.bot import NOT_SCRUBBED
from kitwright.bot.vaults import MemoryVaults
from kitwright.errors import UsageError
from kitwright.generation import EchoBackend
from kitwright.privacy import scrubber as scrubber_module
from kitwright.store import SqlStore
from kitwright.types import PLACEHOLDER, Prompt, ScrubbedText
from unit.bot.museum import ASK_ADDRESS, PARKING, museum_bot, open_kit, streamed
from unit.bot.test_vaults import sealed

WHO = st.sampled_from(["ann", "bob"])
OTHER = {"ann": "bob", "bob": "ann"}
MINE = {"ann": "ann.canary@example.com", "bob": "bob.canary@example.com"}
CURATOR = "curator@example.org"  # what the museum's tool says, and nobody types


class Repeats(EchoBackend):
    """A model that names placeholders, wherever they come from."""

    named = ""

    def stream(self, prompt: Prompt, *, cancelled: Callable[[], bool]) -> Iterator[ScrubbedText]:
        for piece in f"There is a car park behind it, free for visitors, {self.named}. Sorry {self.named}.":
            if not cancelled():
                yield ScrubbedText(piece)


def forget(bot: Bot, who: str) -> None:
    with suppress(UsageError):  # there was nothing
        bot.forget(who)


def machine(kits: Path, folder: Path) -> type[RuleBasedStateMachine]:
    kit = open_kit(kits)
    url = f"sqlite:///{folder / 'museum.sqlite'}"

    class TwoPeople(RuleBasedStateMachine):
        """What may happen to the two conversations."""

        def __init__(self) -> None:
            super().__init__()
            self.model = Repeats()
            self.heard: dict[str, list[str]] = {"ann": [], "bob": []}
            self.seen = ["<EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_2>"]
            self.start(with_key=True)
            for who in OTHER:
                forget(self.bot, who)

        def start(self, *, with_key: bool) -> None:
            vaults = sealed(url) if with_key else MemoryVaults()
            self.bot = museum_bot(kits, kit=kit, backend=self.model, store=SqlStore(url), vaults=vaults)

        def say(self, who: str, text: str) -> str:
            deltas, reply = streamed(self.bot, text, who)
            assert "".join(deltas) == reply.text
            self.heard[who].append(reply.text)
            for event in self.bot.events(who):
                self.seen += [t for t in PLACEHOLDER.findall(str(dict(event.data))) if t not in self.seen]
            return reply.text

        @rule(who=WHO)
        def gives_an_address(self, who: str) -> None:
            self.say(who, ASK_ADDRESS)
            self.say(who, f"it is {MINE[who]}")

        @rule(who=WHO, pick=st.integers(0, 99), lower=st.booleans())
        def types_a_placeholder(self, who: str, pick: int, lower: bool) -> None:
            token = self.seen[pick % len(self.seen)]
            self.say(who, ASK_ADDRESS)
            self.say(who, f"it is {token.lower() if lower else token}")

        @rule(who=WHO, pick=st.integers(0, 99))
        def the_model_names_a_placeholder(self, who: str, pick: int) -> None:
            self.model.named = self.seen[pick % len(self.seen)]
            self.say(who, PARKING)

        @rule(who=WHO)
        def scrubbing_fails(self, who: str) -> None:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(scrubber_module, "_analyse", lambda *_: 1 / 0)
                assert self.say(who, MINE[who]) == NOT_SCRUBBED

        @rule(with_key=st.booleans())
        def starts_again(self, with_key: bool) -> None:
            self.bot.close()
            self.start(with_key=with_key)

        @rule(who=WHO)
        def is_deleted(self, who: str) -> None:
            forget(self.bot, who)
            assert self.bot.events(who) == ()

        @invariant()
        def nobody_hears_of_another(self) -> None:
            for who, texts in self.heard.items():
                assert not any(MINE[OTHER[who]] in text or CURATOR in text for text in texts)

        def teardown(self) -> None:
            kept = str([event for who in OTHER for event in self.bot.events(who)])
            self.bot.close()
            assert "canary" not in kept
            assert not any(b"canary" in file.read_bytes() for file in folder.iterdir())

    return TwoPeople


def test_values_stay_with_their_owner(kits: Path) -> None:
    with TemporaryDirectory() as folder:
        run_state_machine_as_test(
            machine(kits, Path(folder)),
            settings=settings(
                max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
            ),
        )
