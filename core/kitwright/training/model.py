"""The model that is trained: the base in the precision the hardware multiplies, with a fresh LoRA on top."""

import importlib.util
import warnings
from pathlib import Path
from typing import Any, Final

from kitwright.errors import Fault, ModelUnavailable
from kitwright.files import no_progress_bars
from kitwright.generation.causal_model import Precision, load_model, load_tokenizer
from kitwright.recipe import SftRecipe

__all__ = ["Precision", "adapted", "load_base"]
LINEAR: Final = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


def load_base(base: str | Path, revision: str | None, recipe: SftRecipe, precision: Precision) -> tuple[Any, Any]:
    """Tokenizer and base model, ready to be adapted.

    Raises:
        ModelUnavailable: they can not be found or read, or bitsandbytes, which the recipe asks for, is missing.
    """
    tokenizer = load_tokenizer(base, revision)
    if _in_4_bits(recipe):
        return tokenizer, _load_in_4_bits(base, revision)
    return tokenizer, load_model(base, revision, None, precision)


def adapted(model: Any, recipe: SftRecipe) -> Any:
    """The model with the recipe's LoRA, seeded, its base weights frozen.

    `lora_B` starts at zero, so before the first step it answers as the base does.
    """
    from peft import LoraConfig, get_peft_model
    from transformers import set_seed

    set_seed(recipe.seed)
    layers = int(model.config.num_hidden_layers)
    config = LoraConfig(
        r=recipe.rank,
        lora_alpha=recipe.alpha,
        lora_dropout=recipe.dropout,
        target_modules=list(LINEAR if recipe.targets == "all-linear" else recipe.targets),
        layers_to_transform=list(range(recipe.first_layer, layers)) if recipe.first_layer else None,
        task_type="CAUSAL_LM",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # peft asks the model by a name that transformers renamed
        return get_peft_model(model, config).train()


def _in_4_bits(recipe: SftRecipe) -> bool:
    import torch

    installed = importlib.util.find_spec("bitsandbytes") is not None
    if recipe.quantised == "always" and not installed:
        problem = "the recipe asks for a base model in 4 bits, and bitsandbytes is not installed"
        raise ModelUnavailable(
            Fault(code="KW301", place="recipe.quantised", problem=problem, hint="pip install bitsandbytes")
        )
    return recipe.quantised == "always" or (recipe.quantised == "auto" and installed and torch.cuda.is_available())


def _load_in_4_bits(base: str | Path, revision: str | None) -> Any:
    """QLoRA (Dettmers et al. 2023): the frozen base in 4-bit NormalFloat, computed in bf16."""
    import torch
    from peft import prepare_model_for_kbit_training
    from transformers import AutoModelForCausalLM, BitsAndBytesConfig

    settings = BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.bfloat16,
    )
    with no_progress_bars(), warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # peft asks the model by a name that transformers renamed
        model = AutoModelForCausalLM.from_pretrained(base, revision=revision, quantization_config=settings)
        return prepare_model_for_kbit_training(model, gradient_checkpointing_kwargs={"use_reentrant": False})
