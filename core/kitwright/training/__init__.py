"""Training: records become examples, examples an adapter, with a plan before and a card after."""

from kitwright.training.card import model_card
from kitwright.training.examples import Example, Renderer, held_out
from kitwright.training.export import TRAINERS, Trainer, export_recipe
from kitwright.training.mask_audit import MaskAudit, audit
from kitwright.training.notes import notes_of
from kitwright.training.plan import Plan, plan_sft
from kitwright.training.sft import LossPoint, Trained, train_sft

__all__ = [
    "TRAINERS",
    "Example",
    "LossPoint",
    "MaskAudit",
    "Plan",
    "Renderer",
    "Trained",
    "Trainer",
    "audit",
    "export_recipe",
    "held_out",
    "model_card",
    "notes_of",
    "plan_sft",
    "train_sft",
]
