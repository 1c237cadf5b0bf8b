"""The openai package, as its users write it, against a bot instead of a model."""

from typing import Any

import openai
import pytest
from openai import OpenAI

from e2e.doors.conftest import Build, House
from kitwright.serve.doors.keys import read_keys
from unit.bot.museum import ASK_ADDRESS, GROUNDED, PARKING

ADDRESS = "ada.lovelace@example.org"


def client_of(house: House, key: str = "none") -> OpenAI:
    return OpenAI(base_url=f"{house.url}/v1", api_key=key, max_retries=0)


def creating(house: House, key: str = "none") -> Any:
    """`chat.completions.create`, taking plain dictionaries as its users write them."""
    return client_of(house, key).chat.completions.create


def test_bots_are_models(house: House) -> None:
    models = client_of(house).models
    assert [model.id for model in models.list()] == ["museum"]
    described = models.retrieve("museum")
    assert (described.object, described.owned_by) == ("model", "kitwright")
    assert described.model_extra is not None
    assert described.model_extra.keys() == {"root", "parent"}
    with pytest.raises(openai.NotFoundError) as caught:
        models.retrieve("gpt-4")
    assert caught.value.code == "model_not_found"


def test_an_answer(house: House) -> None:
    answer = client_of(house).chat.completions.create(
        model="museum", messages=[{"role": "user", "content": PARKING}], temperature=0
    )
    choice = answer.choices[0]
    assert (choice.message.role, choice.message.content, choice.finish_reason) == ("assistant", GROUNDED, "stop")
    assert answer.usage is not None
    assert answer.usage.prompt_tokens > 20
    assert answer.usage.completion_tokens == len(GROUNDED.split())
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
    assert answer.model_extra is not None
    assert answer.model_extra["kitwright"]["sources"]


def test_a_stream(house: House) -> None:
    stream = client_of(house).chat.completions.create(
        model="museum",
        messages=[{"role": "user", "content": PARKING}],
        stream=True,
        stream_options={"include_usage": True},
    )
    chunks = list(stream)
    pieces = [chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices]
    assert "".join(pieces) == GROUNDED
    assert len([piece for piece in pieces if piece]) > 1
    assert chunks[0].choices[0].delta.role == "assistant"
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-2:] == [None, "stop"]
    assert len({chunk.id for chunk in chunks}) == 1
    assert chunks[-1].choices == []
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.completion_tokens > 0


@pytest.mark.parametrize("stream", [False, True])
def test_a_conversation_by_its_history_gets_its_own_values_back(house: House, stream: bool) -> None:
    create, messages = creating(house), list[dict[str, str]]()
    for text in (ASK_ADDRESS, ADDRESS):
        messages.append({"role": "user", "content": text})
        answer = create(model="museum", messages=messages, stream=stream)
        if stream:
            said = "".join(chunk.choices[0].delta.content or "" for chunk in answer)
        else:
            said = answer.choices[0].message.content
        messages.append({"role": "assistant", "content": said})
    assert ADDRESS in messages[-1]["content"]
    assert len(house.conversations()) == 1
    kept = house.bot.store.events("museum", house.conversations()[0])
    assert ADDRESS not in str(kept)


def test_a_conversation_by_its_name(house: House) -> None:
    create = creating(house)
    for text in (ASK_ADDRESS, ADDRESS):
        answer = create(
            model="museum", messages=[{"role": "user", "content": text}], metadata={"conversation_id": "c1"}
        )
    assert ADDRESS in (answer.choices[0].message.content or "")


def test_errors_are_those_of_the_client(build: Build) -> None:
    house = build(keys=read_keys({"KITWRIGHT_API_KEYS": "k" * 20}), sends_per_minute_address=1, body_bytes=2048)
    message = {"role": "user", "content": PARKING}
    with pytest.raises(openai.AuthenticationError) as denied:
        client_of(house, "wrong").models.list()
    assert denied.value.code == "invalid_api_key"
    create = creating(house, "k" * 20)
    with pytest.raises(openai.BadRequestError):
        create(model="museum", messages=[message], n=3)
    with pytest.raises(openai.APIStatusError) as long:
        create(model="museum", messages=[message | {"content": "x" * 4000}])
    assert (long.value.status_code, long.value.type) == (413, "invalid_request_error")
    with pytest.raises(openai.NotFoundError):
        create(model="gpt-4", messages=[message])
    create(model="museum", messages=[message])
    with pytest.raises(openai.RateLimitError) as many:
        create(model="museum", messages=[message], stream=True)
    assert many.value.code == "rate_limit_exceeded"
    assert int(many.value.response.headers["Retry-After"]) >= 1


def test_a_person_of_the_staff_answers_with_the_next_message(house: House) -> None:
    create, named = creating(house), {"conversation_id": "c1"}
    create(model="museum", messages=[{"role": "user", "content": "hello"}], metadata=named)
    house.staff()
    conversation = house.conversations()[0]
    house.bot.people.record(conversation, "agent_joined", agent="Sam")
    answer = create(model="museum", messages=[{"role": "user", "content": PARKING}], metadata=named)
    assert answer.choices[0].message.content == ""
    house.bot.people.say(conversation, "Behind the house, by the oak.", agent="Sam")
    answer = create(model="museum", messages=[{"role": "user", "content": "thanks"}], metadata=named)
    assert answer.choices[0].message.content == "Behind the house, by the oak."
