"""Choosing tokens: greedy, penalised, drawn."""

import torch

from kitwright.generation.sampling import Sampler, Sampling

SCORES = torch.tensor([2.0, 1.9, -1.0, 0.5])


def test_greedy_takes_the_likeliest() -> None:
    assert Sampler(Sampling()).choose(SCORES, []) == 0


def test_the_penalty_turns_away_from_what_was_said() -> None:
    assert Sampler(Sampling(repetition_penalty=1.1)).choose(SCORES, [0]) == 1
    assert Sampler(Sampling(repetition_penalty=1.0)).choose(SCORES, [0]) == 0


def test_the_penalty_lowers_negative_scores_too() -> None:
    scores = torch.tensor([-1.0, -1.05])
    assert Sampler(Sampling(repetition_penalty=1.1)).choose(scores, [0]) == 1


def test_a_small_top_p_leaves_only_the_likeliest() -> None:
    sampler = Sampler(Sampling(temperature=1.0, top_p=0.1))
    assert {sampler.choose(SCORES, []) for _ in range(30)} == {0}


def test_a_draw_varies_and_its_seed_repeats_it() -> None:
    def draws(seed: int) -> list[int]:
        sampler = Sampler(Sampling(temperature=1.0, seed=seed, repetition_penalty=1.0))
        return [sampler.choose(SCORES, []) for _ in range(30)]

    assert len(set(draws(1))) > 1
    assert draws(1) == draws(1)
    assert draws(1) != draws(2)
