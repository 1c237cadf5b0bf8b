"""The model card: what a person must know of an adapter, with the figures of its run."""

from pathlib import Path

import yaml

from kitwright.recipe import SftRecipe
from kitwright.training import LossPoint, MaskAudit, Trained, model_card
from kitwright.training.card import CardFacts

FACTS = CardFacts(
    name="museum guide",
    kit="The museum",
    intended_use="Answers visitors.",
    risk_class="limited",
    licence="Apache-2.0",
    language="en",
    base="tiny",
    system="You are Ada.",
    origin={"commit": "abc", "dirty": True, "hardware": {"processor": "a CPU", "cores": 2}},
)
RECIPE = SftRecipe(name="guide", kind="sft", trains="a polite guide", data=("visits.jsonl",), rank=4, first_layer=7)
TRAINED = Trained(
    adapter=Path("adapter"),
    steps=12,
    best_loss=0.51239,
    final_loss=0.4,
    losses=(LossPoint(1, 0.9, held_out=False),),
    seconds=90,
    resumed_from=5,
    stopped_early=True,
    trainable=1234,
    curve={},
    peak_memory_mb=900.4,
)


def test_the_card_says_what_was_trained_and_how_it_went() -> None:
    card = model_card(FACTS, RECIPE, MaskAudit(3, 300, 30, 8, 10), TRAINED)
    front = yaml.safe_load(card.split("---")[1])
    assert (front["base_model"], front["library_name"], front["license"]) == ("tiny", "peft", "apache-2.0")
    for line in (
        "A polite guide. Kit: The museum.",
        "You are Ada.",
        "| conversations | 3 |",
        "| tokens learned | 30 of 300 |",
        "| steps | 12 (stopped early) |",
        "| held-out loss | 0.5124 |",
        "| adapted layers | from layer 7 |",
        "1.5 minutes after a restart at step 5",
        "abc with local changes",
    ):
        assert line in card, line
    assert card.endswith("necessary.\n")
