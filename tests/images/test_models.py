"""docker/gpu/models.py: what vLLM serves, and that a bot asks it for its adapter by name."""

import subprocess
import sys
from pathlib import Path

import pytest

from images.dockerfile import DOCKER, ROOT
from kitwright.bot import load_bot
from kitwright.generation import EchoBackend, OpenAICompatibleSettings
from kitwright.kit import BotFile, load_bot_file


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that becomes the volume `models`; written twice, as after an update."""
    folder = tmp_path_factory.mktemp("models")
    for _ in range(2):
        command = [sys.executable, str(DOCKER / "gpu" / "models.py"), str(folder)]
        environment = {"PYTHONPATH": str(ROOT / "core"), "PATH": "", "HOME": str(Path.home())}
        subprocess.run(command, check=True, timeout=300, cwd=folder, env=environment)
    return folder


@pytest.fixture
def file(laid_out: Path, monkeypatch: pytest.MonkeyPatch) -> BotFile:
    monkeypatch.setenv("KITWRIGHT_KIT_PATH", str(laid_out / "kits"))
    monkeypatch.setenv("VLLM_API_KEY", "a key")
    return load_bot_file("clothing_support")


def test_the_bot_that_is_laid_out_is_found_first_and_speaks_through_the_server(file: BotFile, laid_out: Path) -> None:
    assert file.path.is_relative_to(laid_out)
    assert isinstance(file.model, OpenAICompatibleSettings)
    assert str(file.model.base_url) == "http://vllm:8000/v1"


def test_its_adapter_is_asked_for_by_the_name_that_the_server_knows(
    file: BotFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    class Server(EchoBackend):
        def __init__(self, _base_url: str, model: str, **_options: object) -> None:
            super().__init__()
            asked.append(model)

    monkeypatch.setattr("kitwright.generation.settings.OpenAICompatibleBackend", Server)
    load_bot("clothing_support").close()
    modules = next(line for line in (DOCKER / ".env.example").read_text("utf-8").splitlines() if "LORA_MODULES" in line)
    assert modules == f"VLLM_LORA_MODULES={asked[0]}=/models/bots/clothing_support/adapters/{asked[0]}"


def test_the_base_model_is_one_that_vllm_reads_and_others_can_read_the_files(laid_out: Path) -> None:
    names = {path.name for path in (laid_out / "base").iterdir()}
    assert {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"} <= names
    assert all(path.stat().st_mode & 0o004 for path in laid_out.rglob("*"))
    assert not list(laid_out.rglob(".*-new"))
