"""The benchmark of training: which examples it takes, and that both losses are the same loss."""

from types import SimpleNamespace
from typing import Any

import pytest
import torch

from kitwright.training import Example
from kitwright.workshop import bench_train


class Letters(torch.nn.Module):
    """A model of eight tokens that scores the places it is asked to."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(3)
        self.table = torch.nn.Embedding(8, 8)

    def forward(self, input_ids: torch.Tensor, labels: Any = None, logits_to_keep: Any = 0, **_: Any) -> Any:
        """Logits, and the mean loss where labels are given."""
        logits = self.table(input_ids)
        if labels is None:
            return SimpleNamespace(logits=logits[:, logits_to_keep])
        loss = torch.nn.functional.cross_entropy(logits[0, :-1], labels[0, 1:], ignore_index=-100)
        return SimpleNamespace(logits=logits, loss=loss)


def example(length: int) -> Example:
    return Example("r", "t", tuple(range(1, length + 1)), tuple(place >= length // 2 for place in range(length)))


def test_what_is_timed_beside_each_other_is_the_same_loss() -> None:
    one, model = example(7), Letters()
    given = torch.tensor([one.ids]), torch.tensor([one.labels])
    ours, theirs = bench_train._where_learned(model, *given), bench_train._everywhere(model, *given)
    assert ours.item() == pytest.approx(theirs.item())
    assert bench_train._speed(model, one, bench_train._where_learned) > 0


def test_examples_of_all_lengths_are_taken() -> None:
    job: Any = SimpleNamespace(train=[example(length) for length in range(50, 2, -1)])
    lengths = [len(each.ids) for each in bench_train._spread(job)]
    assert lengths[1:] == sorted(lengths[1:])
    assert (lengths[1], len(lengths)) == (3, bench_train.EXAMPLES + 1)
    assert lengths[-1] > 40
