"""No sequence of messages, tool results and look-alikes brings up a value that its owner did not type.

Two conversations share one scrubber. Each person types their own values, the placeholders they have seen anywhere, and
look-alikes of them; tools answer with values of others, with what they were told, and with placeholders. Whatever is
then restored, in any order, holds no value but those that this very person typed.
"""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from kitwright.privacy import MemoryVault, PresidioScrubber
from kitwright.types import PLACEHOLDER, RawText, ScrubbedText

SCRUBBER = PresidioScrubber()
SCRUBBER.warm()

WHO = st.sampled_from([0, 1])
MINE = (("ann.mine@example.com", "07700 900111"), ("bob.mine@example.com", "07700 900222"))
OTHERS = ("other.one@example.com", "other.two@example.com", "07700 900999")
DISGUISES = (
    lambda token: token,
    lambda token: token.lower(),
    lambda token: token[0] + "\u200b" + token[1:],
    lambda token: token.replace("<", "＜").replace(">", "＞"),
    lambda token: f"<{token}>",
    lambda token: token.replace("_", "_0"),
    lambda token: token[:-1],
    lambda token: token.replace("E", "Е"),
)


class TwoPeople(RuleBasedStateMachine):
    """Two conversations with one bot."""

    tokens = Bundle("tokens")

    def __init__(self) -> None:
        super().__init__()
        self.vaults = (MemoryVault(), MemoryVault())
        self.typed: tuple[list[str], list[str]] = ([], [])
        self.seen: set[str] = set()
        self.given: tuple[set[str], set[str]] = (set(), set())
        self.lost: tuple[set[str], set[str]] = (set(), set())

    def _say(self, who: int, text: str) -> str:
        scrubbed = SCRUBBER.scrub(RawText(text), self.vaults[who]).text
        self.typed[who].append(text)
        self._note(who, scrubbed)
        assert self.vaults[who].restore(scrubbed) == text
        return scrubbed

    def _note(self, who: int, scrubbed: str) -> None:
        found = set(PLACEHOLDER.findall(scrubbed))
        self.seen |= found
        self.given[who].update(found)

    @rule(who=WHO, kept=st.booleans())
    def starts_again(self, who: int, kept: bool) -> None:
        values = self.vaults[who].values() if kept else {}
        if not kept:
            self.lost[who].update(self.given[who])
        later = MemoryVault(values=values, taken=self.given[who])
        self.vaults = (later, self.vaults[1]) if who == 0 else (self.vaults[0], later)

    @rule(target=tokens, who=WHO, number=st.sampled_from([0, 1]))
    def tells_a_value(self, who: int, number: int) -> str:
        return self._say(who, f"it is {MINE[who][number]}").removeprefix("it is ")

    @rule(target=tokens, who=WHO, value=st.sampled_from(OTHERS))
    def a_tool_names_somebody_else(self, who: int, value: str) -> str:
        scrubbed = SCRUBBER.scrub_foreign(f"noted {value}", self.vaults[who])
        assert value not in scrubbed
        self._note(who, scrubbed)
        return scrubbed.removeprefix("noted ")

    @rule(who=WHO, token=tokens, disguise=st.sampled_from(DISGUISES))
    def types_a_look_alike(self, who: int, token: str, disguise) -> None:  # type: ignore[no-untyped-def]
        self._say(who, f"what is {disguise(token)}?")

    @rule(who=WHO, token=tokens, disguise=st.sampled_from(DISGUISES))
    def a_tool_repeats_a_look_alike_that_was_typed(self, who: int, token: str, disguise) -> None:  # type: ignore[no-untyped-def]
        forged = disguise(token)
        scrubbed = self._say(who, forged)
        told = self.vaults[who].restore(ScrubbedText(scrubbed))
        back = SCRUBBER.scrub_foreign(f"you said {told}", self.vaults[who])
        self._note(who, back)
        assert self.vaults[who].restore(back) == f"you said {forged}"

    @rule(who=WHO, token=tokens)
    def a_tool_answers_with_a_placeholder_of_its_own(self, who: int, token: str) -> None:
        scrubbed = SCRUBBER.scrub_foreign(f"see {token}", self.vaults[who])
        self._note(who, scrubbed)
        restored = self.vaults[who].restore(scrubbed)
        assert not any(value in restored for value in (*MINE[0], *MINE[1]))

    @invariant()
    def only_what_was_typed_comes_back(self) -> None:
        everything = ScrubbedText(" ".join(sorted(self.seen)))
        for who, vault in enumerate(self.vaults):
            restored = vault.restore(everything)
            said = " ".join(self.typed[who])
            assert not any(value in restored for value in (*MINE[1 - who], *OTHERS))
            assert not self.lost[who] & vault.restorable()
            assert all(value in said for value in MINE[who] if value in restored)


TwoPeople.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestTwoPeople = TwoPeople.TestCase
