"""A bot with an adapter: what it was trained with is what it is served with, or it does not speak."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file

from kitwright.bot import binding_of, conditions_of, load_bot, tuned_backend
from kitwright.chat_format import ChatFormat
from kitwright.encoder import HashingEncoder
from kitwright.errors import AdapterMismatch
from kitwright.generation import EchoBackend, OpenAICompatibleBackend
from kitwright.kit import BotFile, Kit, load_bot_file, load_kit
from kitwright.recipe import SftRecipe
from kitwright.registry import Registry
from kitwright.store import SqlStore
from kitwright.types import Message, ScrubbedText
from unit.bot.museum import NAME, write_museum
from unit.generation.tiny import CONTROLS, saved_model, tiny_model, tiny_tokenizer

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")  # of transformers, about peft's calls and the cache
SYSTEM = Message("system", ScrubbedText("Be brief."))


class Museum:
    """The museum with a tiny model and a registered adapter for it."""

    def __init__(self, root: Path) -> None:
        self.kits = write_museum(root)
        self.model = saved_model(root / "model")
        self.write_bot()
        recipe = SftRecipe(kind="sft", name="guide", trains="x", base=str(self.model), data=("a.jsonl",), rank=4)
        binding = binding_of(
            self.file, self.kit, chat_format=ChatFormat(tiny_tokenizer()), recipe=recipe, data_hash="d"
        )
        trained = get_peft_model(tiny_model(), LoraConfig(r=4, target_modules=["q_proj"], task_type="CAUSAL_LM"))
        trained.save_pretrained(root / "trained")
        self.registry = Registry(self.file.adapters_folder)
        self.name = self.registry.register(root / "trained", binding=binding, name=NAME)
        self.registry.promote(self.name, {})

    def write_bot(self, adapter: str = "promoted", model: object = None) -> None:
        bot = {"name": NAME, "kit": NAME, "adapter": adapter, "model": model or {"kind": "transformers"}}
        if model is None:
            bot["model"] = {"kind": "transformers", "model": str(self.model), "precision": "float32"}
        folder = self.kits.parent / "bots" / NAME
        (folder / "bot.yaml").write_text(json.dumps(bot), encoding="utf-8")

    @property
    def file(self) -> BotFile:
        return load_bot_file(NAME, kit_paths=[self.kits])

    @property
    def kit(self) -> Kit:
        return load_kit(NAME, kit_paths=[self.kits])

    @property
    def adapter(self) -> Path:
        return self.registry.folder / self.name

    def unbind(self) -> None:
        """Use a copy outside the registry, which may be changed."""
        shutil.copytree(self.adapter, self.adapter.parents[1] / "copy")
        self.registry = Registry(self.adapter.parents[1])
        self.name = "copy"
        (self.adapter / "manifest.json").unlink()
        self.write_bot("copy")

    def start(self) -> None:
        tuned_backend(self.file, self.kit).warm(SYSTEM)


@pytest.fixture
def museum(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Museum:
    monkeypatch.setenv("KITWRIGHT_CACHE", str(tmp_path / "cache"))
    return Museum(tmp_path)


def refused(work: Callable[[], object]) -> list[str]:
    with pytest.raises(AdapterMismatch) as caught:
        work()
    return [fault.problem for fault in caught.value.faults]


def test_an_adapter_that_fits_is_served(museum: Museum) -> None:
    museum.start()


def test_another_base_model_is_refused_before_it_is_loaded(museum: Museum) -> None:
    weights = museum.model / "model.safetensors"
    other = load_file(weights)
    other["model.norm.weight"] += 1.0
    save_file(other, weights, metadata={"format": "pt"})
    (problem,) = refused(lambda: tuned_backend(museum.file, museum.kit))
    assert problem.startswith("base_revision: trained with ")


def test_a_changed_system_prompt_is_refused(museum: Museum) -> None:
    prompt = museum.kits / NAME / "prompts" / "base.plain.md.j2"
    prompt.write_text(prompt.read_text("utf-8") + "\nAnswer in rhyme.\n", encoding="utf-8")
    (problem,) = refused(lambda: tuned_backend(museum.file, museum.kit))
    assert problem.startswith("prompts: trained with ")


def test_another_chat_format_is_refused_when_the_model_is_loaded(museum: Museum) -> None:
    tiny_tokenizer([CONTROLS[0], CONTROLS[2], CONTROLS[1]]).save_pretrained(museum.model)
    backend = tuned_backend(museum.file, museum.kit)
    (problem,) = refused(lambda: backend.warm(SYSTEM))
    assert problem.startswith("chat_format: trained with ")


def test_all_differences_are_named_at_once(museum: Museum) -> None:
    tiny_tokenizer([CONTROLS[0], CONTROLS[2], CONTROLS[1]]).save_pretrained(museum.model)
    prompt = museum.kits / NAME / "prompts" / "base.plain.md.j2"
    prompt.write_text("Answer in rhyme.\n", encoding="utf-8")
    moved = museum.model.rename(museum.model.with_name("moved"))
    museum.model = moved
    museum.write_bot()
    problems = refused(lambda: tuned_backend(museum.file, museum.kit))
    assert [problem.partition(":")[0] for problem in problems] == ["base", "chat_format", "prompts"]


def test_another_rank_and_missing_or_cut_weights_are_refused(museum: Museum) -> None:
    museum.unbind()
    weights = museum.adapter / "adapter_model.safetensors"
    weights.chmod(0o644)
    whole = weights.read_bytes()
    weights.write_bytes(whole[:-100])
    assert refused(museum.start) == ["is cut short"]
    tensors = load_file_bytes(whole)
    name = sorted(tensors)[0]
    save_file({key: tensor for key, tensor in tensors.items() if key != name}, weights)
    assert refused(museum.start) == [
        "the adapter's weights are not those its config names: 1 weights missing, 0 unexpected"
    ]
    save_file(tensors | {name: torch.zeros(8, 32)}, weights)
    assert refused(museum.start) == ["rank: trained with 4, got 8"]


def load_file_bytes(data: bytes) -> dict[str, torch.Tensor]:
    from safetensors.torch import load

    loaded: dict[str, torch.Tensor] = load(data)
    return loaded


def test_a_changed_file_of_a_version_is_refused(museum: Museum) -> None:
    (museum.adapter / "README.md").chmod(0o644)
    (museum.adapter / "README.md").write_text("# changed\n", encoding="utf-8")
    (problem,) = refused(lambda: tuned_backend(museum.file, museum.kit))
    assert problem.startswith("registered with ")


def test_an_adapter_without_a_binding_is_refused(museum: Museum) -> None:
    museum.unbind()
    (museum.adapter / "binding.json").unlink()
    assert refused(lambda: tuned_backend(museum.file, museum.kit)) == [
        "the adapter does not say what it was trained with"
    ]


def test_a_promoted_version_that_is_gone_is_refused_and_can_be_rolled_back(museum: Museum) -> None:
    shutil.rmtree(museum.adapter)
    assert refused(lambda: tuned_backend(museum.file, museum.kit)) == ["no such adapter"]
    assert museum.registry.rollback() is None
    museum.start()


def test_a_server_is_asked_for_the_version_if_the_prompts_are_those_of_the_training(museum: Museum) -> None:
    museum.write_bot(model={"kind": "openai_compatible", "base_url": "http://localhost/v1", "model": "base"})
    backend = tuned_backend(museum.file, museum.kit)
    assert isinstance(backend, OpenAICompatibleBackend)
    assert backend.model == "museum-1"
    assert conditions_of(museum.file, museum.kit).base is None


def test_load_bot_checks_the_adapter_unless_another_backend_speaks(museum: Museum) -> None:
    prompt = museum.kits / NAME / "prompts" / "base.plain.md.j2"
    prompt.write_text("Answer in rhyme.\n", encoding="utf-8")
    given = {"kit_paths": [museum.kits], "encoder": HashingEncoder(), "store": SqlStore("sqlite://")}
    (problem,) = refused(lambda: load_bot(NAME, **given))  # type: ignore[arg-type]
    assert problem.startswith("prompts: ")
    load_bot(NAME, backend=EchoBackend(), **given)  # type: ignore[arg-type]
