"""The real model with an adapter of random weights: served where it fits, refused, with what differs, where not."""

import json
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import torch
from peft import LoraConfig, get_peft_model

from kitwright.bot import binding_of, load_bot, tuned_backend
from kitwright.chat_format import ChatFormat
from kitwright.errors import AdapterMismatch
from kitwright.generation import EchoBackend, embedded_model_folder
from kitwright.generation.causal_model import load_model, load_tokenizer
from kitwright.kit import BotFile, Kit, load_bot_file, load_kit
from kitwright.recipe import SftRecipe
from kitwright.registry import AdapterBinding, Registry
from kitwright.store import SqlStore
from kitwright.types import Message, Prompt, ScrubbedText

pytestmark = pytest.mark.filterwarnings("ignore::FutureWarning")  # of transformers, about peft's calls and the cache
SYSTEM = Message("system", ScrubbedText("You answer customers of a clothing shop."))
QUESTION = Message("user", ScrubbedText("How long may I return a coat?"))
PROMPT = Prompt(messages=(SYSTEM, QUESTION), tokens=40, max_new_tokens=12)

kit_named = cache(load_kit)


@dataclass(frozen=True)
class Shop:
    """The shop's bot in a folder of its own, with an adapter for it."""

    file: BotFile
    kit: Kit
    binding: AdapterBinding
    trained: Path
    registry: Registry

    def use(self, **changes: str) -> None:
        """Promote a version that was trained with something else."""
        name = self.registry.register(
            self.trained, binding=self.binding.model_copy(update=changes), name="clothing_support"
        )
        self.registry.promote(name, {})


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    torch.manual_seed(3)
    model = load_model(embedded_model_folder(), None, None, "float32")
    config = LoraConfig(
        r=4, lora_alpha=64, target_modules=["q_proj", "v_proj"], init_lora_weights=False, task_type="CAUSAL_LM"
    )
    folder = tmp_path_factory.mktemp("trained")
    get_peft_model(model, config).save_pretrained(folder)
    return folder


@pytest.fixture
def shop(tmp_path: Path, trained: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    bot = tmp_path / "bots" / "shop"
    bot.mkdir(parents=True)
    (tmp_path / "kits").mkdir()
    settings = {"name": "shop", "kit": "clothing_support", "title": "Fern", "adapter": "promoted"}
    (bot / "bot.yaml").write_text(json.dumps(settings), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    file, kit = load_bot_file("shop"), kit_named("clothing_support")
    recipe = SftRecipe(kind="sft", name="random", trains="nothing", data=("none.jsonl",), rank=4)
    chat_format = ChatFormat(load_tokenizer(embedded_model_folder(), None))
    binding = binding_of(file, kit, chat_format=chat_format, recipe=recipe, data_hash="none")
    return Shop(file, kit, binding, trained, Registry(file.adapters_folder))


def answer(shop: Shop) -> str:
    return "".join(tuned_backend(shop.file, shop.kit).stream(PROMPT, cancelled=lambda: False))


def test_a_fitting_adapter_is_heard_in_the_answers(shop: Shop) -> None:
    shop.use()
    tuned = answer(shop)
    assert shop.registry.rollback() is None
    assert answer(shop) != tuned


def test_every_difference_is_named_before_the_first_answer(shop: Shop) -> None:
    shop.use(base="Qwen2.5-0.5B", base_revision="r", chat_format="c", prompts="p")
    with pytest.raises(AdapterMismatch) as caught:
        load_bot("shop", store=SqlStore("sqlite://"))
    assert [fault.problem for fault in caught.value.faults] == [
        f"{name}: trained with {other}, got {getattr(shop.binding, name)}"
        for name, other in (
            ("base", "Qwen2.5-0.5B"),
            ("base_revision", "r"),
            ("chat_format", "c"),
            ("prompts", "p"),
        )
    ]
    load_bot("shop", backend=EchoBackend(), store=SqlStore("sqlite://"))


def test_another_chat_format_alone_is_refused_when_the_model_is_loaded(shop: Shop) -> None:
    shop.use(chat_format="c")
    backend = tuned_backend(shop.file, shop.kit)
    with pytest.raises(AdapterMismatch, match="chat_format: trained with c, got"):
        backend.warm(SYSTEM)


def test_the_check_takes_less_than_a_third_of_a_second(shop: Shop) -> None:
    shop.use()
    started = time.perf_counter()
    tuned_backend(shop.file, shop.kit)
    assert time.perf_counter() - started < 0.3
