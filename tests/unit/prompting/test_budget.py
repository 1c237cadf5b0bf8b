"""The token budget: never exceeded unless one passage and no history remain, and what went is named."""

from hypothesis import given
from hypothesis import strategies as st

from kitwright.prompting import Parts, fit
from kitwright.types import FoundPassage, Message, Passage, ScrubbedText


def parts(passages: list[int], history: list[int]) -> Parts:
    found = (FoundPassage(Passage(id=str(i), title="", text="x" * n, source=""), 1) for i, n in enumerate(passages))
    said = (Message("assistant" if i % 2 else "user", ScrubbedText("x" * n)) for i, n in enumerate(history))
    return Parts(tuple(found), tuple(said))


def assemble(given: Parts) -> tuple[Message, ...]:
    facts = "".join(found.passage.text for found in given.passages)
    return (Message("system", ScrubbedText("s" * 5)), *given.history, Message("user", ScrubbedText(facts)))


def count(messages: object) -> int:
    assert isinstance(messages, tuple)
    return sum(len(message.content) for message in messages)


SIZES = st.lists(st.integers(0, 50), max_size=6)


@given(SIZES, SIZES, st.integers(0, 200))
def test_the_budget_holds(passages: list[int], history: list[int], limit: int) -> None:
    given_parts = parts(passages, history)
    fitted = fit(given_parts, assemble, count, limit)
    assert fitted.tokens == count(fitted.messages)
    exchanges = [name for name in fitted.dropped if name == "oldest exchange"]
    left_out = [name for name in fitted.dropped if name != "oldest exchange"]
    kept = max(len(passages) - len(left_out), 0)
    if fitted.tokens > limit:
        assert len(fitted.messages) == 2
        assert kept <= 1
    assert kept >= min(1, len(passages))
    assert fitted.dropped == (*exchanges, *left_out)
    assert left_out == [f"passage {number}" for number in reversed(range(kept, len(passages)))]
    assert fitted.messages[1:-1] == given_parts.history[2 * len(exchanges) :]
    if count(assemble(given_parts)) <= limit:
        assert fitted.dropped == ()
