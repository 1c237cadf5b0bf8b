"""A training run of eight steps, as a script: prints each step, and writes `outcome.json` into its folder.

Run: python small_run.py --folder FOLDER --base MODEL [--packing] [--still] [--quantised]
"""

import argparse
import json
import sys
from pathlib import Path

from kitwright.chat_format import ChatFormat
from kitwright.generation.causal_model import load_tokenizer
from kitwright.recipe import SftRecipe
from kitwright.training import Example, train_sft
from kitwright.types import Message, ScrubbedText

QUESTIONS = {
    "When do you open?": "We open at nine, madam.",
    "Where is the coat room?": "It is by the stairs, madam.",
    "Is there a lift?": "There is one on the left, madam.",
    "Can I take pictures?": "You can, without a flash, madam.",
    "Do you sell postcards?": "We sell them at the desk, madam.",
    "Who painted this?": "It was painted by Ada Holm, madam.",
    "May I bring my dog?": "Dogs wait outside, madam.",
    "How much is a ticket?": "A ticket costs eight pounds, madam.",
}


def example(chat_format: ChatFormat, question: str, answer: str) -> Example:
    chat = [Message("user", ScrubbedText(question)), Message("assistant", ScrubbedText(answer))]
    encoded = chat_format.encode(chat, for_answer=False)
    return Example(question, "museum", encoded.ids, encoded.mask)


def say(step: int, steps: int, _loss: float | None) -> None:
    """One line a step, at once, for whoever waits to kill the run."""
    sys.stdout.write(f"step {step} of {steps}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--packing", action="store_true")
    parser.add_argument("--still", action="store_true")
    parser.add_argument("--quantised", action="store_true")
    given = parser.parse_args()
    chat_format = ChatFormat(load_tokenizer(given.base, None))
    examples = [example(chat_format, question, answer) for question, answer in QUESTIONS.items()]
    recipe = SftRecipe(
        name="small",
        kind="sft",
        trains="a polite guide",
        data=("none",),
        rank=4,
        alpha=8,
        first_layer=26,
        learning_rate=1e-9 if given.still else 5e-3,
        epochs=2,
        batch_size=2,
        max_length=96,
        packing=given.packing,
        quantised="always" if given.quantised else "never",
        evaluations=2,
        checkpoint_steps=2,
        curve=(8,),
        seed=3,
    )
    trained = train_sft(
        examples,
        examples[:2],
        recipe,
        base=given.base,
        revision=None,
        folder=given.folder,
        tick=say,
    )
    if trained.first_process:
        losses = [(point.step, point.loss) for point in trained.losses if not point.held_out]
        outcome = {
            "steps": trained.steps,
            "final_loss": trained.final_loss,
            "best_loss": trained.best_loss,
            "resumed_from": trained.resumed_from,
            "losses": losses,
        }
        (given.folder / "outcome.json").write_text(json.dumps(outcome))


if __name__ == "__main__":
    main()
