"""The loss of supervised fine-tuning, with the vocabulary scored only where a token is learned.

Nine in ten positions are prompt; to score them all costs a CPU as much as the model itself.
Imported when a run starts, since it needs torch.
"""

from typing import Any

import torch

from kitwright.training.examples import IGNORED


def learned_loss(model: Any, inputs: dict[str, Any], labels: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, Any]:
    """The summed negative log-likelihood of the learned tokens, their number, and the model's outputs.

    Args:
        model: a causal language model.
        inputs: what it reads, of shape (batch, tokens).
        labels: token ids of the same shape, -100 where nothing is learned.
    """
    labels = labels[:, 1:]
    places = (labels != IGNORED).any(dim=0).nonzero().squeeze(-1)
    outputs = model(**inputs, logits_to_keep=places, use_cache=False)
    wanted = labels[:, places]
    total = torch.nn.functional.cross_entropy(
        outputs.logits.float().flatten(0, 1), wanted.flatten(), ignore_index=IGNORED, reduction="sum"
    )
    return total, (wanted != IGNORED).sum(), outputs
