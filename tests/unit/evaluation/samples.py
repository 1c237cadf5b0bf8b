"""Answer samples made in one line."""

from typing import Any

from kitwright.dataset import AnswerSample


def sample(**given: Any) -> AnswerSample:
    known: dict[str, Any] = {
        "id": "a",
        "messages": [{"role": "user", "content": "How long may I keep a coat before I return it?"}],
        "intent": "x",
        "difficulty": "plain",
        "expect": "answer",
        "reference": "You have 30 days.",
    }
    return AnswerSample.model_validate(known | given)
