"""A recipe written out for other trainers: LLaMA-Factory and Axolotl read the same records and make the same LoRA.

Field names as in LLaMA-Factory's `examples/train_lora` and `data/README.md`, and in Axolotl's config reference.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

import yaml

from kitwright.errors import Fault, UsageError
from kitwright.files import write_atomically
from kitwright.recipe import SftRecipe
from kitwright.types import Message

Trainer = Literal["llama-factory", "axolotl"]
TRAINERS: Final[tuple[Trainer, ...]] = ("llama-factory", "axolotl")


def export_recipe(
    trainer: Trainer,
    recipe: SftRecipe,
    chats: Sequence[Sequence[Message]],
    *,
    base: str,
    layers: int,
    name: str,
    folder: Path,
) -> tuple[Path, ...]:
    """Write a config and the rendered conversations, so that training elsewhere needs nothing of Kitwright.

    Args:
        trainer: which one.
        recipe: how the adapter is trained.
        chats: conversations as the model is to see them, each ending with the answer to learn.
        base: Hugging Face id or folder of the base model, as the other trainer should load it.
        layers: number of the base model's decoder layers.
        name: of the dataset.
        folder: to write into.

    Returns:
        The files written, the config first.

    Raises:
        UsageError: the folder can not be written.
    """
    data = folder / f"{name}.jsonl"
    if trainer == "llama-factory":
        config = _llama_factory(recipe, base, name, data)
    else:
        config = _axolotl(recipe, base, name, data) | _adapted_layers(recipe, layers)
    rows = [{"messages": _messages(chat)} for chat in chats]
    files: dict[Path, str] = {
        folder / f"{name}.{trainer}.yaml": yaml.safe_dump(config, sort_keys=False, allow_unicode=True),
        data: "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows),
    }
    if trainer == "llama-factory":
        files[folder / "dataset_info.json"] = json.dumps({name: _dataset_info(data)}, indent=2) + "\n"
    try:
        for path, text in files.items():
            write_atomically(path, text.encode())
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--out {folder}", problem=problem)) from error
    return tuple(files)


def _messages(chat: Sequence[Message]) -> list[dict[str, Any]]:
    """Messages, the last one marked as the one to learn (Axolotl reads the mark, LLaMA-Factory has `mask_history`)."""
    return [
        {"role": m.role, "content": m.content, "train": place == len(chat)} for place, m in enumerate(chat, start=1)
    ]


def _dataset_info(data: Path) -> dict[str, Any]:
    tags = {"role_tag": "role", "content_tag": "content", "user_tag": "user", "assistant_tag": "assistant"}
    return {
        "file_name": data.name,
        "formatting": "sharegpt",
        "columns": {"messages": "messages"},
        "tags": tags | {"system_tag": "system"},
    }


def _llama_factory(recipe: SftRecipe, base: str, name: str, data: Path) -> dict[str, Any]:
    return {
        "model_name_or_path": base,
        "stage": "sft",
        "do_train": True,
        "finetuning_type": "lora",
        "lora_rank": recipe.rank,
        "lora_alpha": int(recipe.alpha),
        "lora_dropout": recipe.dropout,
        "lora_target": "all" if recipe.targets == "all-linear" else ",".join(recipe.targets),
        "dataset": name,
        "dataset_dir": str(data.parent),
        "template": "chatml",
        "mask_history": True,
        "cutoff_len": recipe.max_length,
        "packing": recipe.packing,
        "neat_packing": recipe.packing,
        "val_size": recipe.validation,
        "output_dir": f"saves/{name}",
        "per_device_train_batch_size": recipe.batch_size,
        "gradient_accumulation_steps": 1,
        "learning_rate": recipe.learning_rate,
        "num_train_epochs": recipe.epochs,
        "lr_scheduler_type": _scheduler(recipe),
        "warmup_ratio": recipe.warmup,
        "seed": recipe.seed,
    }


def _axolotl(recipe: SftRecipe, base: str, name: str, data: Path) -> dict[str, Any]:
    return {
        "base_model": base,
        "adapter": "lora",
        "lora_r": recipe.rank,
        "lora_alpha": int(recipe.alpha),
        "lora_dropout": recipe.dropout,
        **(
            {"lora_target_linear": True}
            if recipe.targets == "all-linear"
            else {"lora_target_modules": list(recipe.targets)}
        ),
        "chat_template": "chatml",
        "datasets": [
            {
                "path": str(data),
                "ds_type": "json",
                "type": "chat_template",
                "field_messages": "messages",
                "message_property_mappings": {"role": "role", "content": "content"},
                "message_field_training": "train",
                "train_on_eos": "turn",
            }
        ],
        "val_set_size": recipe.validation,
        "output_dir": f"outputs/{name}",
        "sequence_len": recipe.max_length,
        "sample_packing": recipe.packing,
        "micro_batch_size": recipe.batch_size,
        "gradient_accumulation_steps": 1,
        "learning_rate": recipe.learning_rate,
        "num_epochs": recipe.epochs,
        "lr_scheduler": _scheduler(recipe),
        "warmup_ratio": recipe.warmup,
        "optimizer": "adamw_torch",
        "seed": recipe.seed,
    }


def _adapted_layers(recipe: SftRecipe, layers: int) -> dict[str, Any]:
    """Which layers are adapted, where not all are; LLaMA-Factory has no such setting and adapts all."""
    return {"peft_layers_to_transform": list(range(recipe.first_layer, layers))} if recipe.first_layer else {}


def _scheduler(recipe: SftRecipe) -> str:
    return "constant_with_warmup" if recipe.schedule == "constant" else recipe.schedule
