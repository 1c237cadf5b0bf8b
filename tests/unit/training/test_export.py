"""Recipes written out for other trainers: they read the same conversations and make the same adapter."""

import json
from pathlib import Path

import pytest
import yaml

from kitwright.errors import UsageError
from kitwright.recipe import SftRecipe
from kitwright.training import export_recipe
from unit.training.records import record, renderer

RECIPE = SftRecipe(
    name="guide", kind="sft", trains="a guide", data=("visits.jsonl",), rank=4, alpha=8, first_layer=2, packing=True
)
CHATS = [renderer().chat(record("When?", "From 10:00."))]


def test_llama_factory_gets_a_config_a_dataset_and_its_description(tmp_path: Path) -> None:
    paths = export_recipe("llama-factory", RECIPE, CHATS, base="tiny", layers=4, name="museum", folder=tmp_path)
    config = yaml.safe_load(paths[0].read_text())
    assert (config["stage"], config["lora_rank"], config["lora_alpha"], config["lora_target"]) == ("sft", 4, 8, "all")
    assert config["mask_history"] is True
    described = json.loads((tmp_path / "dataset_info.json").read_text())[config["dataset"]]
    row = json.loads((tmp_path / described["file_name"]).read_text())
    key = described["columns"]["messages"]
    assert [message[described["tags"]["role_tag"]] for message in row[key]] == ["system", "user", "assistant"]
    assert row[key][-1][described["tags"]["content_tag"]] == "From 10:00."


def test_axolotl_learns_only_what_is_marked(tmp_path: Path) -> None:
    paths = export_recipe("axolotl", RECIPE, CHATS, base="tiny", layers=4, name="museum", folder=tmp_path)
    config = yaml.safe_load(paths[0].read_text())
    assert (config["adapter"], config["lora_r"], config["sample_packing"]) == ("lora", 4, True)
    assert config["peft_layers_to_transform"] == [2, 3]
    (dataset,) = config["datasets"]
    row = json.loads(Path(dataset["path"]).read_text())
    marks = [message[dataset["message_field_training"]] for message in row[dataset["field_messages"]]]
    assert marks == [False, False, True]


def test_a_folder_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(UsageError, match="can not be written"):
        export_recipe("axolotl", RECIPE, CHATS, base="tiny", layers=4, name="museum", folder=tmp_path / "taken")
