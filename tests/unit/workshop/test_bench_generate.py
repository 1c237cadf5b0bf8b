"""The benchmark of generation: what it counts and times, on a backend whose pace is known."""

import pytest

from kitwright.errors import FaultsFound
from kitwright.generation import EchoBackend, EchoSettings
from kitwright.kit import load_bot_file
from kitwright.types import Message, Prompt, ScrubbedText
from kitwright.workshop import bench_generate
from kitwright.workshop.bench_generate import Pace

DELAY = 0.02
BACKEND = EchoBackend(["one two three four five six"], delay_s=DELAY)
PROMPT = Prompt(messages=(Message("user", ScrubbedText("say it")),), tokens=2, max_new_tokens=50)


def test_an_answer_is_timed_from_its_first_piece() -> None:
    pace = bench_generate._pace(BACKEND, PROMPT)
    assert pace.tokens == 6
    assert pace.first_s >= DELAY
    assert pace.rest_s >= 5 * DELAY


def test_speed_leaves_the_first_token_and_the_shortest_answers_out() -> None:
    assert bench_generate._speed([Pace(9, 11, 1), Pace(9, 21, 1), Pace(9, 31, 1), Pace(0, 2, 100)]) == 20


def test_conversations_at_once_are_counted_together() -> None:
    one, many = (bench_generate._throughput(BACKEND, [PROMPT], at_once) for at_once in (1, 8))
    assert many > 2.5 * one  # the echo only waits, so eight wait as long as one


def test_every_runtime_reads_every_prompt_once() -> None:
    rounds: list[None] = []
    paces = bench_generate._measured({"a": BACKEND, "b": BACKEND}, [PROMPT] * 7, lambda: rounds.append(None))
    assert {name: len(found) for name, found in paces.items()} == {"a": 7, "b": 7}
    assert len(rounds) == 2 * bench_generate.ROUNDS


def test_a_model_elsewhere_can_not_be_measured() -> None:
    file = load_bot_file("clothing_support").model_copy(update={"model": EchoSettings(kind="echo")})
    with pytest.raises(FaultsFound, match="on this machine"):
        bench_generate._transformers(file)
