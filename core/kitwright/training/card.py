"""The model card of a trained adapter, written when it is trained, in the form model hubs read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kitwright.recipe import SftRecipe
from kitwright.training.mask_audit import MaskAudit
from kitwright.training.sft import Trained


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """What a card says beside the recipe and the run.

    Args:
        name: of the adapter.
        kit: title of the kit.
        intended_use: of the kit.
        risk_class: of the kit.
        licence: of the kit.
        language: of the kit, ISO 639-1.
        base: id of the base model.
        system: the system message the adapter was trained with.
        origin: commit, versions and hardware.
    """

    name: str
    kit: str
    intended_use: str
    risk_class: str
    licence: str
    language: str
    base: str
    system: str
    origin: Mapping[str, Any]


def model_card(facts: CardFacts, recipe: SftRecipe, audit: MaskAudit, trained: Trained) -> str:
    """The card as Markdown with YAML front matter."""
    environment = Environment(  # noqa: S701 - Markdown, not HTML
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.get_template("card.md.j2")
    return template.render(facts=facts, recipe=recipe, audit=audit, trained=trained)
