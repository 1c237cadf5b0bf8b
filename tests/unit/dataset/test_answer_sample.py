"""Answer samples: what is refused, and what they say of themselves."""

from typing import Any

import pytest
from pydantic import ValidationError

from kitwright.dataset import AnswerSample

SOUND: dict[str, Any] = {
    "id": "a",
    "messages": [{"role": "user", "content": "How long?"}],
    "intent": "x",
    "difficulty": "plain",
    "expect": "answer",
    "reference": "30 days.",
}


def turns(*roles: str) -> list[dict[str, str]]:
    return [{"role": role, "content": f"{number}"} for number, role in enumerate(roles)]


def test_the_question_is_the_last_message() -> None:
    assert AnswerSample.model_validate(SOUND | {"messages": turns("user", "assistant", "user")}).text == "2"


@pytest.mark.parametrize(
    "wrong",
    [
        {"messages": []},
        {"messages": turns("assistant", "user")},
        {"messages": turns("user", "assistant")},
        {"messages": turns("user", "user")},
        {"messages": turns("system", "user")},
        {"expect": "shrug"},
        {"must_include": [[]]},
        {"must_include": [[""]]},
        {"must_not_include": [""]},
        {"reference": ""},
        {"extra": 1},
    ],
    ids=str,
)
def test_malformed_samples_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        AnswerSample.model_validate(SOUND | wrong)
