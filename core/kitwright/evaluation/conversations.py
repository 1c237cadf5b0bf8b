"""The conversation suite: a kit's tests/*.yml, each run as one conversation against the assembled bot."""

import uuid
from dataclasses import dataclass, field

from kitwright.dataset import ConversationTest
from kitwright.evaluation.expectations import Talker, TurnSeen


@dataclass(frozen=True, slots=True)
class ConversationResult:
    """How one test went.

    Args:
        failures: one line each, empty when the test passed.
        transcript: (who, text) in order; scrubbed of nothing, since tests are written, not typed by people.
    """

    name: str
    failures: tuple[str, ...]
    transcript: tuple[tuple[str, str], ...] = field(repr=False)

    @property
    def passed(self) -> bool:
        """Whether every expectation held."""
        return not self.failures


def run_conversation(test: ConversationTest, bot: Talker) -> ConversationResult:
    """Run one test; it goes on after a failure, so that all are seen."""
    conversation = f"test-{uuid.uuid4().hex}"
    failures: list[str] = []
    transcript: list[tuple[str, str]] = []
    turn: TurnSeen | None = None
    for number, step in enumerate(test.steps, start=1):
        if step.user is not None:
            turn = TurnSeen.after(step.user, bot, conversation)
            transcript += [("user", step.user), ("bot", turn.reply.text)]
        elif turn is not None:
            failures += [f"step {number} ({step.kind}): {problem}" for problem in turn.problems(step)]
    return ConversationResult(test.test_case, tuple(failures), tuple(transcript))
