"""`model:` of bot.yaml: the kinds, what is refused, and what is built."""

from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from kitwright.generation import (
    EchoBackend,
    LlamaCppBackend,
    ModelSettings,
    OpenAICompatibleBackend,
    TransformersBackend,
    build_backend,
)
from kitwright.types import Message, Prompt, ScrubbedText

READER: TypeAdapter[ModelSettings] = TypeAdapter(ModelSettings)


@pytest.mark.parametrize(
    ("entry", "kind"),
    [
        ({"kind": "transformers"}, TransformersBackend),
        ({"kind": "transformers", "sampling": {"temperature": 0.3}, "threads": 2}, TransformersBackend),
        ({"kind": "llama_cpp"}, LlamaCppBackend),
        ({"kind": "llama_cpp", "precision": "q4_0", "parallel": 2, "sampling": {"seed": 1}}, LlamaCppBackend),
        ({"kind": "openai_compatible", "base_url": "http://localhost:8000/v1", "model": "m"}, OpenAICompatibleBackend),
        ({"kind": "echo", "scripted": ["Hello."]}, EchoBackend),
    ],
)
def test_each_kind_is_built_without_loading(entry: dict[str, object], kind: type) -> None:
    backend = build_backend(READER.validate_python(entry), None)
    assert isinstance(backend, kind)
    assert backend.name == entry["kind"]


@pytest.mark.parametrize(
    "entry",
    [
        {"kind": "magic"},
        {"model": "embedded"},
        {"kind": "transformers", "modle": "x"},
        {"kind": "transformers", "sampling": {"temperature": -1}},
        {"kind": "llama_cpp", "precision": "q2_k"},
        {"kind": "llama_cpp", "parallel": 0},
        {"kind": "llama_cpp", "revision": "main"},
        {"kind": "openai_compatible", "model": "m"},
        {"kind": "openai_compatible", "base_url": "localhost", "model": "m"},
        {"kind": "openai_compatible", "base_url": "http://h/v1", "model": "m", "api_key_env": "sk-not a name"},
        {"kind": "echo", "delay_s": -1},
    ],
)
def test_wrong_entries_are_refused(entry: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        READER.validate_python(entry)


def test_settings_reach_the_backend() -> None:
    echo = build_backend(READER.validate_python({"kind": "echo", "scripted": ["Hello."]}), None)
    prompt = Prompt(messages=(Message("user", ScrubbedText("x")),), tokens=0, max_new_tokens=5)
    assert list(echo.stream(prompt, cancelled=lambda: False)) == ["Hello."]


def test_a_server_is_asked_for_the_adapter_by_its_name() -> None:
    entry = {"kind": "openai_compatible", "base_url": "http://localhost/v1", "model": "base"}
    backend = build_backend(READER.validate_python(entry), Path("adapters/clothing_support-3"))
    assert isinstance(backend, OpenAICompatibleBackend)
    assert backend.model == "clothing_support-3"
