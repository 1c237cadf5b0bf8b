"""The GGUF that llama.cpp runs: weights in its order, metadata of the base, and what is refused."""

from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest
from transformers import LlamaForCausalLM

from kitwright.errors import ModelUnavailable
from kitwright.generation import gguf_file as module
from kitwright.generation.gguf_file import GgufPrecision, Weights, base_gguf, interleaved, merged_gguf, write_gguf
from unit.generation.tiny import tiny_model

HEADS, KEY_HEADS, LAYERS = 4, 2, 2


def weights_of(model: LlamaForCausalLM) -> dict[str, Weights]:
    return {name: tensor.numpy() for name, tensor in model.state_dict().items()}


def written(path: Path) -> dict[str, Any]:
    tensors = gguf.GGUFReader(str(path)).tensors
    return {t.name: gguf.quants.dequantize(t.data, t.tensor_type) for t in tensors}


def same(half: Weights, full: Weights) -> bool:
    return bool(np.allclose(half, full, rtol=1e-3, atol=1e-4))


@pytest.fixture(scope="module")
def model() -> LlamaForCausalLM:
    return tiny_model()


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return saved_base(tmp_path / "base.gguf")


def saved_base(path: Path, architecture: str = "llama") -> Path:
    """A GGUF with the tensors of `tiny_model`, all zero: only their names are of interest."""
    writer = gguf.GGUFWriter(str(path), architecture)
    writer.add_uint32("llama.attention.head_count", HEADS)
    writer.add_uint32("llama.attention.head_count_kv", KEY_HEADS)
    writer.add_uint32("llama.block_count", LAYERS)
    writer.add_array("tokenizer.ggml.tokens", ["a", "é"])
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_Q4_1)
    parts = "attn_norm ffn_norm attn_q attn_k attn_v attn_output ffn_gate ffn_up ffn_down".split()
    names = [f"blk.{layer}.{part}" for layer in range(LAYERS) for part in parts]
    for name in [*names, "token_embd", "output_norm"]:
        writer.add_tensor(f"{name}.weight", np.zeros(32, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_rows_of_a_head_stand_side_by_side() -> None:
    rows = np.arange(8, dtype=np.float32).reshape(8, 1)  # two heads, each with halves of two rows
    assert interleaved(rows, 2).ravel().tolist() == [0, 2, 1, 3, 4, 6, 5, 7]


def test_weights_and_metadata_arrive(model: LlamaForCausalLM, base: Path, tmp_path: Path) -> None:
    write_gguf(base, weights_of(model), "f16", tmp_path / "out.gguf")
    found, layer = written(tmp_path / "out.gguf"), model.model.layers[1]
    assert same(found["blk.1.attn_v.weight"], layer.self_attn.v_proj.weight.detach().numpy())
    assert same(found["token_embd.weight"], model.model.embed_tokens.weight.detach().numpy())
    np.testing.assert_array_equal(found["blk.1.ffn_norm.weight"], layer.post_attention_layernorm.weight.detach())
    queries = interleaved(layer.self_attn.q_proj.weight.detach().numpy(), HEADS)
    assert same(found["blk.1.attn_q.weight"], queries)
    assert not same(found["blk.1.attn_q.weight"], layer.self_attn.q_proj.weight.detach().numpy())
    fields = gguf.GGUFReader(str(tmp_path / "out.gguf")).fields
    assert fields["tokenizer.ggml.tokens"].contents() == ["a", "é"]
    assert fields["general.file_type"].contents() == gguf.LlamaFileType.MOSTLY_F16


@pytest.mark.parametrize(("precision", "error"), [("q8_0", 0.02), ("q4_0", 0.3)])
def test_quantised_weights_are_near(
    model: LlamaForCausalLM, base: Path, tmp_path: Path, precision: GgufPrecision, error: float
) -> None:
    write_gguf(base, weights_of(model), precision, tmp_path / "out.gguf")
    found = written(tmp_path / "out.gguf")["blk.0.ffn_up.weight"]
    wanted = model.model.layers[0].mlp.up_proj.weight.detach().numpy()
    assert 0 < np.abs(found - wanted).max() < error


def test_weights_that_the_gguf_has_not_are_refused(model: LlamaForCausalLM, base: Path, tmp_path: Path) -> None:
    more = weights_of(model) | {"model.layers.0.self_attn.q_proj.bias": np.zeros(32, dtype=np.float32)}
    with pytest.raises(ModelUnavailable, match=r"q_proj\.bias"):
        write_gguf(base, more, "f16", tmp_path / "out.gguf")


def test_weights_of_the_gguf_that_the_model_has_not_are_refused(
    model: LlamaForCausalLM, base: Path, tmp_path: Path
) -> None:
    fewer = weights_of(model)
    del fewer["model.norm.weight"]
    with pytest.raises(ModelUnavailable, match=r"output_norm\.weight"):
        write_gguf(base, fewer, "f16", tmp_path / "out.gguf")


def test_another_family_is_refused(model: LlamaForCausalLM, tmp_path: Path) -> None:
    base = saved_base(tmp_path / "other.gguf", "gemma")
    with pytest.raises(ModelUnavailable, match="kind: transformers"):
        write_gguf(base, weights_of(model), "f16", tmp_path / "out.gguf")


@pytest.mark.parametrize("names", [(), ("a.gguf", "b.gguf")])
def test_a_folder_needs_one_gguf(tmp_path: Path, names: tuple[str, ...]) -> None:
    for name in names:
        (tmp_path / name).touch()
    with pytest.raises(ModelUnavailable, match=f"there are {len(names)}"):
        base_gguf(str(tmp_path))


def test_it_is_written_once_for_each_adapter_and_precision(
    model: LlamaForCausalLM, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KITWRIGHT_CACHE", str(tmp_path / "cache"))
    loaded: list[Path | None] = []

    def load(_folder: Path, _revision: None, adapter: Path | None, _precision: str) -> LlamaForCausalLM:
        loaded.append(adapter)
        return model

    monkeypatch.setattr(module, "load_model", load)
    folder, adapter = tmp_path / "model", tmp_path / "adapter"
    folder.mkdir()
    adapter.mkdir()
    saved_base(folder / "base.gguf")
    (adapter / "adapter_model.safetensors").write_bytes(b"one")
    lines: list[str] = []
    plain, *tuned = [merged_gguf(str(folder), each, "q8_0", progress=lines.append) for each in (None, adapter, adapter)]
    (adapter / "adapter_model.safetensors").write_bytes(b"two")
    retrained = merged_gguf(str(folder), adapter, "q8_0")
    smaller = merged_gguf(str(folder), adapter, "q4_0")
    assert tuned[0] == tuned[1]
    assert len({plain, tuned[0], retrained, smaller}) == 4
    assert loaded == [None, adapter, adapter, adapter]
    assert len(lines) == 2
