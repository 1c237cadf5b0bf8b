"""Every reason not to serve an adapter, all at once."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kitwright.errors import AdapterMismatch
from kitwright.registry import Conditions, misfits, require_fit
from unit.registry.adapter_folder import BINDING, reshape, write_adapter

FITTING = Conditions(base="m", base_revision="r1", chat_format="c", prompts="p")


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    folder = write_adapter(tmp_path / "adapter")
    BINDING.write(folder)
    return folder


def problems(folder: Path, found: Conditions = FITTING) -> list[str]:
    return [fault.problem for fault in misfits(folder, found)]


def test_a_fitting_adapter_has_no_fault(adapter: Path) -> None:
    require_fit(adapter, FITTING)


def test_another_base_format_and_prompt_are_named_together(adapter: Path) -> None:
    with pytest.raises(AdapterMismatch) as caught:
        require_fit(adapter, Conditions(base="n", base_revision="r2", chat_format="d", prompts="q"))
    assert [fault.problem for fault in caught.value.faults] == [
        "base: trained with m, got n",
        "base_revision: trained with r1, got r2",
        "chat_format: trained with c, got d",
        "prompts: trained with p, got q",
    ]
    assert {fault.code for fault in caught.value.faults} == {"KW304"}


def test_another_rank_in_the_config_is_named(adapter: Path) -> None:
    path = adapter / "adapter_config.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"r": 8}), encoding="utf-8")
    assert problems(adapter) == ["rank: trained with 4, got 8"]


@pytest.mark.parametrize(("end", "shape"), [("q_proj.lora_A.weight", (6, 8)), ("q_proj.lora_B.weight", (8, 6))])
def test_weights_of_another_rank_are_named(adapter: Path, end: str, shape: tuple[int, int]) -> None:
    reshape(adapter, end, shape)
    (fault,) = misfits(adapter, FITTING)
    assert (fault.problem, (fault.value or "").endswith(end)) == ("rank: trained with 4, got 6", True)


def test_a_module_without_weights_is_named(adapter: Path) -> None:
    reshape(adapter, "down_proj", None)
    assert problems(adapter) == ["holds no weights for down_proj, which adapter_config.json names"]


def test_weights_that_are_not_lora_are_refused(adapter: Path) -> None:
    reshape(adapter, "lora_", None)
    assert problems(adapter)[0] == "holds no LoRA weights"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_truncated_file_is_named_wherever_it_was_cut(adapter: Path, share: float) -> None:
    weights = adapter / "adapter_model.safetensors"
    whole = weights.read_bytes()
    weights.write_bytes(whole[: int(len(whole) * share)])
    (fault,) = misfits(adapter, FITTING)
    weights.write_bytes(whole)
    assert fault.place == str(weights)
    assert "is cut short" in fault.problem or fault.problem == "is no safetensors file"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(content=st.binary(max_size=200))
def test_any_other_file_in_place_of_the_weights_is_a_fault(adapter: Path, content: bytes) -> None:
    (adapter / "adapter_model.safetensors").write_bytes(content)
    assert {fault.code for fault in misfits(adapter, FITTING)} == {"KW304"}


@pytest.mark.parametrize("content", [None, "", "[]", "{"])
def test_a_broken_config_is_named(adapter: Path, content: str | None) -> None:
    path = adapter / "adapter_config.json"
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    (fault,) = misfits(adapter, FITTING)
    assert fault.place == str(path)


def test_no_folder_and_no_binding_are_named(adapter: Path, tmp_path: Path) -> None:
    assert problems(tmp_path / "gone") == ["no such adapter"]
    (adapter / "binding.json").unlink()
    assert problems(adapter) == ["the adapter does not say what it was trained with"]


def test_a_folder_named_like_a_version_needs_its_manifest(adapter: Path) -> None:
    version = adapter.rename(adapter.with_name("shop-1"))
    assert problems(version) == ["is missing, so nothing tells whether the adapter was changed"]
