"""The JSON Schemas kept for editors are those of the models."""

import json
from pathlib import Path

import kitwright.kit
from kitwright.kit import schema_files

FOLDER = Path(kitwright.kit.__file__).parent / "schemas"


def test_the_kept_schemas_are_up_to_date() -> None:
    assert {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} == schema_files()


def test_schemas_refuse_unknown_keys() -> None:
    for name in ("kit.json", "bot.json", "domain.json", "flows.json", "guard.json", "privacy.json"):
        assert json.loads(schema_files()[name])["additionalProperties"] is False
