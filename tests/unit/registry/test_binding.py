"""An adapter is bound to what it was trained with, and says what differs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.errors import AdapterMismatch
from kitwright.registry import BINDING_FILE, AdapterBinding

BINDING = AdapterBinding(
    base="m", base_revision="r1", chat_format="c", prompts="p", recipe="x", data="d", versions={"peft": "0.21"}
)


def test_a_binding_comes_back_as_written(tmp_path: Path) -> None:
    BINDING.write(tmp_path / "adapter")
    assert AdapterBinding.read(tmp_path / "adapter") == BINDING
    AdapterBinding.verify(tmp_path / "adapter", BINDING)


def test_each_difference_is_a_fault(tmp_path: Path) -> None:
    BINDING.write(tmp_path)
    with pytest.raises(AdapterMismatch) as caught:
        AdapterBinding.verify(tmp_path, BINDING.model_copy(update={"base_revision": "r2", "prompts": "q"}))
    assert [fault.problem for fault in caught.value.faults] == [
        "base_revision: trained with r1, got r2",
        "prompts: trained with p, got q",
    ]
    assert {fault.code for fault in caught.value.faults} == {"KW304"}


def test_library_versions_do_not_unfit_an_adapter() -> None:
    assert BINDING.differences(BINDING.model_copy(update={"versions": {"peft": "0.22"}})) == []


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff", b'{"base": "m"}'])
def test_a_missing_or_malformed_binding_is_a_mismatch(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / BINDING_FILE).write_bytes(content)
    with pytest.raises(AdapterMismatch, match="KW304"):
        AdapterBinding.read(tmp_path)


@given(field=st.sampled_from(["base", "base_revision", "chat_format", "prompts", "recipe", "data"]), value=st.text())
def test_any_changed_field_differs(field: str, value: str) -> None:
    changed = BINDING.model_copy(update={field: value})
    assert bool(BINDING.differences(changed)) == (getattr(BINDING, field) != value)
