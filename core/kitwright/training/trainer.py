"""TRL's SFTTrainer with one change: the vocabulary is scored only where a token is learned.

TRL scores every position on a CPU. Nine in ten positions are prompt, so that costs as much as the model itself.
Imported when a run starts, since it needs trl.
"""

from typing import Any

import torch
from trl import SFTTrainer

IGNORED = -100


class SupervisedTrainer(SFTTrainer):  # type: ignore[misc]  # trl has no types
    """Mean negative log-likelihood of the learned tokens, over all of a step's conversations."""

    def compute_loss(
        self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """The loss of a micro-batch: `labels` of shape (batch, tokens), -100 where nothing is learned."""
        given = {name: value for name, value in inputs.items() if name != "labels"}
        labels = inputs["labels"][:, 1:]
        places = (labels != IGNORED).any(dim=0).nonzero().squeeze(-1)
        outputs = model(**given, logits_to_keep=places, use_cache=False)
        wanted = labels[:, places]
        total = torch.nn.functional.cross_entropy(
            outputs.logits.float().flatten(0, 1), wanted.flatten(), ignore_index=IGNORED, reduction="sum"
        )
        learned = (wanted != IGNORED).sum() if num_items_in_batch is None else num_items_in_batch
        loss = total / learned
        if num_items_in_batch is not None and self.args.average_tokens_across_devices:
            loss = loss * self.accelerator.num_processes  # the count is over all processes, the gradient their mean
        return (loss, outputs) if return_outputs else loss
