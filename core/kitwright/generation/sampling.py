"""Choosing the next token from the model's scores."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

if TYPE_CHECKING:
    import torch


class Sampling(BaseModel):
    """How the next token is chosen.

    Args:
        temperature: 0 takes the likeliest token; higher is more varied.
        top_p: keep the likeliest tokens up to this share of probability (temperature above 0).
        repetition_penalty: above 1 makes tokens already generated less likely (Keskar et al. 2019,
            arXiv:1909.05858). Tokens of the prompt are not counted: an answer must be free to quote its passages.
        seed: of the draw (temperature above 0); the same prompt then gives the same answer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    temperature: float = Field(0.0, ge=0, le=2)
    top_p: float = Field(1.0, gt=0, le=1)
    repetition_penalty: float = Field(1.1, ge=1, le=2)
    seed: int = 0


class Sampler:
    """Chooses the tokens of one answer."""

    def __init__(self, sampling: Sampling) -> None:
        import torch

        self._sampling = sampling
        self._generator = torch.Generator().manual_seed(sampling.seed)

    def choose(self, scores: "torch.Tensor", generated: Sequence[int]) -> int:
        """The next id, from scores of shape (vocabulary,) and the ids generated so far."""
        scores = self._penalised(scores.float(), generated)
        if self._sampling.temperature == 0:
            return int(scores.argmax())
        return self._draw(scores / self._sampling.temperature)

    def _penalised(self, scores: "torch.Tensor", generated: Sequence[int]) -> "torch.Tensor":
        import torch

        penalty = self._sampling.repetition_penalty
        if penalty == 1 or not generated:
            return scores
        ids = torch.tensor(sorted(set(generated)))
        held = scores[ids]
        return scores.index_put((ids,), torch.where(held < 0, held * penalty, held / penalty))

    def _draw(self, scores: "torch.Tensor") -> int:
        import torch

        chances, ids = scores.softmax(-1).sort(descending=True)
        before = chances.cumsum(-1) - chances
        chances[before >= self._sampling.top_p] = 0
        return int(ids[torch.multinomial(chances, 1, generator=self._generator)])
