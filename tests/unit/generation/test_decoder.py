"""The decoding loop against `model.generate`, with and without a kept prefix."""

from typing import Any

import pytest
import torch
from transformers import LogitsProcessorList, RepetitionPenaltyLogitsProcessor

from kitwright.generation.decoder import Decoder
from kitwright.generation.sampling import Sampler, Sampling
from unit.generation.tiny import tiny_model

MODEL = tiny_model()
FIRST = [1, *range(20, 60)]
SECOND = [1, *range(20, 40), *range(90, 130)]


def ours(
    decoder: Decoder, ids: list[int], *, penalty: float = 1.0, limit: int = 40, stop: frozenset[int] = frozenset()
) -> list[int]:
    sampler = Sampler(Sampling(repetition_penalty=penalty))
    return list(decoder.generate(ids, sampler, limit=limit, stop=stop))


def theirs(ids: list[int], penalty: float) -> list[int]:
    prompt = torch.tensor([ids])
    rule = RepetitionPenaltyLogitsProcessor(penalty, prompt_ignore_length=len(ids))
    out = MODEL.generate(
        prompt,
        attention_mask=torch.ones_like(prompt),
        max_new_tokens=40,
        do_sample=False,
        eos_token_id=None,
        logits_processor=LogitsProcessorList([rule] if penalty != 1 else []),
    )
    return list(out[0, len(ids) :].tolist())


@pytest.mark.parametrize("penalty", [1.0, 1.3])
def test_greedy_is_that_of_generate_token_for_token(penalty: float) -> None:
    assert ours(Decoder(MODEL), FIRST, penalty=penalty) == theirs(FIRST, penalty)


def test_a_kept_prefix_changes_no_token_and_saves_work(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = ours(Decoder(MODEL), SECOND)
    decoder = Decoder(MODEL)
    ours(decoder, FIRST)
    lengths = record_lengths(decoder, monkeypatch)
    assert ours(decoder, SECOND) == fresh
    assert lengths[0] == len(SECOND) - 21  # what both prompts begin with


def test_the_same_prompt_again_computes_one_token_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = Decoder(MODEL)
    once = ours(decoder, FIRST)
    lengths = record_lengths(decoder, monkeypatch)
    assert ours(decoder, FIRST) == once
    assert lengths[0] == 1


def test_a_prepared_prefix_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = Decoder(MODEL)
    decoder.prepare(FIRST[:30])
    lengths = record_lengths(decoder, monkeypatch)
    assert ours(decoder, FIRST) == ours(Decoder(MODEL), FIRST)
    assert lengths[0] == len(FIRST) - 30


def test_it_stops_before_a_stop_id_and_at_the_limit() -> None:
    whole = ours(Decoder(MODEL), FIRST)
    third = whole[2]
    assert ours(Decoder(MODEL), FIRST, stop=frozenset({third})) == whole[: whole.index(third)]
    assert ours(Decoder(MODEL), FIRST, limit=5) == whole[:5]


def test_an_abandoned_generation_leaves_a_sound_cache() -> None:
    decoder = Decoder(MODEL)
    begun = decoder.generate(FIRST, Sampler(Sampling()), limit=40, stop=frozenset())
    next(begun)
    next(begun)
    begun.close()  # type: ignore[attr-defined]
    assert ours(decoder, SECOND) == ours(Decoder(MODEL), SECOND)


def test_a_failing_model_leaves_a_sound_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    decoder = Decoder(MODEL)
    ours(decoder, FIRST)
    with monkeypatch.context() as patch:
        patch.setattr(MODEL.model.layers[1].mlp, "forward", fails)
        with pytest.raises(RuntimeError):
            ours(decoder, SECOND)
    assert ours(decoder, SECOND) == ours(Decoder(MODEL), SECOND)


def fails(*_args: object) -> None:
    raise RuntimeError("out of memory")


def record_lengths(decoder: Decoder, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    lengths: list[int] = []
    forward = decoder._forward

    def recording(state: Any, ids: Any) -> Any:
        lengths.append(len(ids))
        return forward(state, ids)

    monkeypatch.setattr(decoder, "_forward", recording)
    return lengths
