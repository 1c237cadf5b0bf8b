"""JSON Schemas of the files that people write, generated from the models; kept in `schemas/` for editors."""

import json
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter

from kitwright.dataset import SimulationFile
from kitwright.dialogue import Domain, FlowFile
from kitwright.guard.rules import GuardRules
from kitwright.kit.bot_file import BotFile
from kitwright.kit.manifest import KitManifest
from kitwright.privacy import PrivacyPolicy
from kitwright.recipe import Recipe

_MODELS: Final[dict[str, type[BaseModel]]] = {
    "bot": BotFile,
    "domain": Domain,
    "flows": FlowFile,
    "guard": GuardRules,
    "kit": KitManifest,
    "privacy": PrivacyPolicy,
    "simulation": SimulationFile,
}


def schema_files() -> dict[str, str]:
    """File name in `schemas/` to its text, as it must be there."""
    schemas: dict[str, dict[str, Any]] = {name: model.model_json_schema() for name, model in _MODELS.items()}
    schemas["recipe"] = TypeAdapter(Recipe).json_schema()
    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {f"{name}.json": json.dumps({**draft, **schema}, indent=2) + "\n" for name, schema in schemas.items()}
