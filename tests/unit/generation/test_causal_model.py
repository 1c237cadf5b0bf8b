"""Loading with an adapter: merged where it fits, refused where it does not."""

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file

from kitwright.errors import AdapterMismatch
from kitwright.generation import causal_model
from kitwright.generation.causal_model import load_model
from unit.generation.tiny import saved_model, tiny_model

pytestmark = pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing.:FutureWarning")  # peft asks for it
IDS = torch.tensor([[1, 20, 30, 40, 50]])


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved_model(tmp_path_factory.mktemp("base"))


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    trained(tiny_model(), ["q_proj", "down_proj"]).save_pretrained(tmp_path)
    return tmp_path


def trained(model: Any, modules: list[str]) -> Any:
    torch.manual_seed(1)
    config = LoraConfig(r=4, lora_alpha=8, target_modules=modules, init_lora_weights=False, task_type="CAUSAL_LM")
    return get_peft_model(model, config).eval()


def change_weights(adapter: Path, change: Any) -> None:
    path = adapter / "adapter_model.safetensors"
    weights = load_file(path)
    change(weights)
    save_file(weights, path)


def test_a_merged_adapter_gives_the_scores_of_the_adapter(base: Path, adapter: Path) -> None:
    with torch.inference_mode():
        expected = trained(tiny_model(), ["q_proj", "down_proj"])(input_ids=IDS).logits
        merged = load_model(base, None, adapter, "float32")(input_ids=IDS).logits
        plain = load_model(base, None, None, "float32")(input_ids=IDS).logits
    assert torch.allclose(merged, expected, atol=1e-3)
    assert not torch.allclose(merged, plain, atol=1e-1)


def test_a_missing_weight_is_refused(base: Path, adapter: Path) -> None:
    change_weights(adapter, lambda weights: weights.pop(sorted(weights)[0]))
    with pytest.raises(AdapterMismatch, match="1 weights missing, 0 unexpected"):
        load_model(base, None, adapter, "float32")


def test_an_unexpected_weight_is_refused(base: Path, adapter: Path) -> None:
    name = "base_model.model.model.layers.7.self_attn.q_proj.lora_A.weight"
    change_weights(adapter, lambda weights: weights.update({name: torch.zeros(4, 32)}))
    with pytest.raises(AdapterMismatch, match="0 weights missing, 1 unexpected"):
        load_model(base, None, adapter, "float32")


def test_an_adapter_of_a_model_of_another_size_is_refused(base: Path, tmp_path: Path) -> None:
    trained(tiny_model(hidden=64), ["q_proj"]).save_pretrained(tmp_path)
    with pytest.raises(AdapterMismatch, match="KW304"):
        load_model(base, None, tmp_path, "float32")


def test_an_adapter_for_modules_the_model_lacks_is_refused(base: Path, adapter: Path) -> None:
    path = adapter / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"target_modules": ["c_attn"]}))
    with pytest.raises(AdapterMismatch, match="KW304"):
        load_model(base, None, adapter, "float32")


def test_a_folder_without_weights_and_a_broken_file_are_refused(base: Path, tmp_path: Path) -> None:
    with pytest.raises(AdapterMismatch, match="KW304"):
        load_model(base, None, tmp_path, "float32")
    (tmp_path / "adapter_model.safetensors").write_bytes(b"broken")
    with pytest.raises(AdapterMismatch, match="KW304"):
        load_model(base, None, tmp_path, "float32")


@pytest.mark.parametrize(("supported", "dtype"), [(True, torch.bfloat16), (False, torch.float32)])
def test_auto_precision_is_bf16_where_the_cpu_multiplies_it(
    base: Path, monkeypatch: pytest.MonkeyPatch, supported: bool, dtype: torch.dtype
) -> None:
    monkeypatch.setattr(causal_model, "multiplies_bf16", lambda: supported)
    assert load_model(base, None, None, "auto").dtype == dtype
