"""An adapter is bound to what it was trained with, and says what differs."""

from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kitwright.errors import AdapterMismatch
from kitwright.registry import BINDING_FILE, AdapterBinding, Conditions
from unit.registry.adapter_folder import BINDING

SAME = {"base": "m", "base_revision": "r1", "chat_format": "c", "prompts": "p"}


def test_a_binding_comes_back_as_written(tmp_path: Path) -> None:
    BINDING.write(tmp_path / "adapter")
    assert AdapterBinding.read(tmp_path / "adapter") == BINDING


def test_every_difference_is_named_with_both_values() -> None:
    assert BINDING.differences(Conditions(**SAME)) == []
    assert BINDING.differences(Conditions(**SAME | {"base_revision": "r2", "prompts": "q"})) == [
        "base_revision: trained with r1, got r2",
        "prompts: trained with p, got q",
    ]


def test_what_is_not_known_is_not_compared() -> None:
    assert BINDING.differences(Conditions()) == []
    assert BINDING.differences(Conditions(prompts="q")) == ["prompts: trained with p, got q"]


@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff", b'{"base": "m"}'])
def test_a_missing_or_malformed_binding_is_a_mismatch(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / BINDING_FILE).write_bytes(content)
    with pytest.raises(AdapterMismatch, match="KW304"):
        AdapterBinding.read(tmp_path)


@given(field=st.sampled_from(list(asdict(Conditions()))), value=st.text())
def test_any_changed_condition_differs(field: str, value: str) -> None:
    assert bool(BINDING.differences(Conditions(**SAME | {field: value}))) == (getattr(BINDING, field) != value)
