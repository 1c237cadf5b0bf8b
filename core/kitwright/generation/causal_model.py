"""Loading a causal language model and, merged into it, an adapter that is known to fit."""

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kitwright.errors import AdapterMismatch, Fault, ModelUnavailable
from kitwright.files import multiplies_bf16, no_progress_bars

if TYPE_CHECKING:
    import torch

Precision = Literal["auto", "bfloat16", "float32"]


def load_tokenizer(model: str | Path, revision: str | None) -> Any:
    """The tokenizer of a folder or a Hugging Face id.

    Raises:
        ModelUnavailable: it can not be found or read.
    """
    from transformers import AutoTokenizer

    try:
        return AutoTokenizer.from_pretrained(model, revision=revision)
    except (OSError, ValueError, ImportError) as error:
        raise _unavailable(model, error) from error


def load_model(model: str | Path, revision: str | None, adapter: Path | None, precision: Precision) -> Any:
    """The model, in evaluation mode on the CPU, with the adapter merged into its weights.

    Merged, an adapter costs no time per token. It is merged in fp32 and rounded once.

    Raises:
        ModelUnavailable: the model can not be found or read.
        AdapterMismatch: the adapter does not fit the model, or has too few or too many weights.
    """
    import torch
    from transformers import AutoModelForCausalLM

    wanted = _dtype(precision)
    try:
        with no_progress_bars():
            base = AutoModelForCausalLM.from_pretrained(
                model, revision=revision, dtype=torch.float32 if adapter else wanted
            )
    except (OSError, ValueError, ImportError) as error:
        raise _unavailable(model, error) from error
    whole = _merged(base, adapter) if adapter else base
    return whole.to(wanted).eval()


def _merged(base: Any, adapter: Path) -> Any:
    from peft import PeftModel
    from safetensors import SafetensorError

    found = _adapter_keys(adapter)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # missing keys only warn; they are compared below
            fitted = PeftModel.from_pretrained(base, str(adapter))
    except (OSError, ValueError, RuntimeError, TypeError, KeyError, SafetensorError) as error:
        raise _mismatch(adapter, f"the adapter can not be loaded into this model ({type(error).__name__})") from error
    _require_same_keys(adapter, found, _expected_keys(fitted))
    return fitted.merge_and_unload()


def _adapter_keys(adapter: Path) -> set[str]:
    from safetensors import SafetensorError, safe_open

    weights = adapter / "adapter_model.safetensors"
    try:
        with safe_open(weights, framework="pt") as file:
            return set(file.keys())
    except (OSError, SafetensorError) as error:
        raise _mismatch(weights, "the adapter's weights are missing, cut short or damaged") from error


def _expected_keys(fitted: Any) -> set[str]:
    from peft import get_peft_model_state_dict

    return set(get_peft_model_state_dict(fitted, save_embedding_layers=False))  # "auto" would ask the hub


def _require_same_keys(adapter: Path, found: set[str], expected: set[str]) -> None:
    missing, unexpected = sorted(expected - found), sorted(found - expected)
    if missing or unexpected:
        counts = f"{len(missing)} weights missing, {len(unexpected)} unexpected"
        raise _mismatch(adapter, f"the adapter's weights are not those its config names: {counts}", missing, unexpected)


def _mismatch(place: Path, problem: str, *keys: list[str]) -> AdapterMismatch:
    first = next((names[0] for names in keys if names), None)
    return AdapterMismatch(
        Fault(
            code="KW304",
            place=str(place),
            problem=problem,
            value=first,
            hint="train the adapter again on this base model, or name the base model it was trained on",
        )
    )


def _unavailable(model: str | Path, error: Exception) -> ModelUnavailable:
    return ModelUnavailable(
        Fault(
            code="KW301",
            place="model.model",
            problem=f"the model can not be loaded ({type(error).__name__})",
            value=str(model),
            hint="check the name, the network and the revision, or use the model 'embedded'",
        )
    )


def _dtype(precision: Precision) -> "torch.dtype":
    import torch

    if precision == "auto":
        return torch.bfloat16 if multiplies_bf16() else torch.float32
    return torch.bfloat16 if precision == "bfloat16" else torch.float32
