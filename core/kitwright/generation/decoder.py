"""The decoding loop: prompt ids in, new ids out one by one, with the key-value cache kept between prompts.

Prompts of one bot share their beginning (the system prompt), and prompts of one conversation share more. So
the cache of the last prompt is cut back to what it has in common with the next one, and only the rest is
computed. One cache is kept; the caller lets one generation run at a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import TYPE_CHECKING, Any

from kitwright.generation.sampling import Sampler

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True, slots=True)
class _Kept:
    """A key-value cache and the ids whose keys and values it holds."""

    cache: Any
    ids: list[int]


class Decoder:
    """Generates from one model; not for two threads at once.

    Args:
        model: a causal language model in evaluation mode, on the CPU.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        # transformers 5.24 renamed the argument; the old name only warns, but for every token.
        self._cache_argument = "cache" if "cache" in signature(model.forward).parameters else "past_key_values"
        self._kept: _Kept | None = None

    @property
    def window(self) -> int:
        """Tokens that prompt and answer may have together."""
        return int(self._model.config.max_position_embeddings)

    def prepare(self, ids: Sequence[int]) -> None:
        """Compute and keep the keys and values of `ids`, the beginning of prompts to come."""
        state = self._resume(ids)
        self._forward(state, ids[len(state.ids) :])

    def generate(self, ids: Sequence[int], sampler: Sampler, *, limit: int, stop: frozenset[int]) -> Iterator[int]:
        """New ids after the prompt `ids`, at most `limit`, up to and without the first id in `stop`.

        After an error in the model the next prompt is computed from its start.
        """
        state = self._resume(ids)
        fresh: Sequence[int] = ids[len(state.ids) :]
        generated: list[int] = []
        while len(generated) < limit:
            scores = self._forward(state, fresh)
            id_ = sampler.choose(scores, generated)
            if id_ in stop:
                return
            generated.append(id_)
            yield id_
            fresh = [id_]

    def _resume(self, ids: Sequence[int]) -> _Kept:
        """The kept cache, cut to what it shares with `ids`; at least one id is left to compute."""
        from transformers import DynamicCache

        kept = self._kept
        shared = _shared(kept.ids, ids[:-1]) if kept else 0
        if kept is None or shared == 0:
            # Made without the config: sliding-window layers can not be cut back, plain ones always can.
            return _Kept(DynamicCache(), [])
        kept.cache.crop(shared - len(kept.ids))
        return _Kept(kept.cache, kept.ids[:shared])

    def _forward(self, state: _Kept, ids: Sequence[int]) -> "torch.Tensor":
        """Scores of the next token, shape (vocabulary,); `state` grows by `ids`."""
        import torch

        self._kept = None  # a model that fails may leave a cache that is half grown
        with torch.inference_mode():
            out = self._model(
                input_ids=torch.tensor([list(ids)]),
                use_cache=True,
                logits_to_keep=1,
                **{self._cache_argument: state.cache},
            )
        state.ids.extend(ids)
        self._kept = state
        scores: torch.Tensor = out.logits[0, -1]
        return scores


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    for index, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return index
    return min(len(one), len(other))
