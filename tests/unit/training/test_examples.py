"""Examples: rendered as the bot would be asked, with the last answer and its end as all that is learned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.errors import FaultsFound
from kitwright.training import Example, held_out
from kitwright.types import FoundPassage, ScrubbedText
from unit.generation.tiny import tiny_tokenizer
from unit.training.records import FORMAT, PASSAGES, WRITER, record, renderer

TOKENIZER = tiny_tokenizer()


def learned(example: Example) -> str:
    ids = [id_ for id_, on in zip(example.ids, example.mask, strict=True) if on]
    return str(TOKENIZER.decode(ids, clean_up_tokenization_spaces=False))


def test_only_the_last_answer_and_its_end_are_learned() -> None:
    (example,) = renderer().render([record("Hi", "Hello.", "When?", "From 10:00.")])
    assert learned(example) == "From 10:00.<|im_end|>"


def test_what_comes_before_the_answer_is_the_prompt_that_the_bot_would_send() -> None:
    (example,) = renderer().render([record("When?", "From 10:00.")])
    prompt = WRITER.compose(ScrubbedText("When?"), passages=[FoundPassage(PASSAGES["hours"], 1.0)])
    asked = FORMAT.encode(prompt.messages, for_answer=True).ids
    assert example.ids[: len(asked)] == asked
    assert not any(example.mask[: len(asked)])


def test_all_faults_are_named_at_once() -> None:
    wrong = [
        record("When?", id_="no-answer"),
        record("When?", "At ten.", id_="no-passage", passages=("nowhere",)),
        record("When?", "At ten. " * 60, id_="too-long"),
        record("When?", "At ten.", id_="sound"),
    ]
    with pytest.raises(FaultsFound) as caught:
        renderer(max_length=300).render(wrong)
    assert [(fault.place, fault.code) for fault in caught.value.faults] == [
        ("no-answer", "KW113"),
        ("no-passage", "KW108"),
        ("too-long", "KW113"),
    ]


@given(st.lists(st.sampled_from("abc"), max_size=60), st.floats(0, 0.5), st.integers(0, 5))
def test_held_out_examples_are_a_part_of_every_topic_and_never_all_of_it(
    topics: list[str], share: float, seed: int
) -> None:
    examples = [Example(f"r-{place}", topic, (1, 2), (False, True)) for place, topic in enumerate(topics)]
    train, measured = held_out(examples, share=share, seed=seed)
    assert sorted(e.id for e in [*train, *measured]) == sorted(e.id for e in examples)
    assert {e.topic for e in train} == set(topics)
    for topic in set(topics):
        wanted = round(topics.count(topic) * share)
        assert sum(e.topic == topic for e in measured) == min(wanted, topics.count(topic) - 1)
    assert held_out(list(reversed(examples)), share=share, seed=seed)[1] == measured[::-1]
