"""TRL's SFTTrainer with one change: the vocabulary is scored only where a token is learned.

Imported when a run starts, since it needs trl.
"""

from typing import Any

from trl import SFTTrainer

from kitwright.training.loss import learned_loss


class SupervisedTrainer(SFTTrainer):  # type: ignore[misc]  # trl has no types
    """Mean negative log-likelihood of the learned tokens, over all of a step's conversations."""

    def compute_loss(
        self, model: Any, inputs: dict[str, Any], return_outputs: bool = False, num_items_in_batch: Any = None
    ) -> Any:
        """The loss of a micro-batch: `labels` of shape (batch, tokens), -100 where nothing is learned."""
        given = {name: value for name, value in inputs.items() if name != "labels"}
        total, learned, outputs = learned_loss(model, given, inputs["labels"])
        loss = total / (learned if num_items_in_batch is None else num_items_in_batch)
        if num_items_in_batch is not None and self.args.average_tokens_across_devices:
            loss = loss * self.accelerator.num_processes  # the count is over all processes, the gradient their mean
        return (loss, outputs) if return_outputs else loss
