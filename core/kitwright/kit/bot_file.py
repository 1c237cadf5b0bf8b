"""bot.yaml: a kit, the model it speaks with, and the settings of one bot."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import Field, PrivateAttr

from kitwright.errors import Fault
from kitwright.files import Faults, Strict, YamlDocument, closest, read_yaml, validate
from kitwright.generation.settings import ModelSettings, TransformersSettings
from kitwright.kit.finding import BOT_FILE, find_bots, pick
from kitwright.kit.kit import Kit
from kitwright.kit.manifest import NAME_PATTERN
from kitwright.registry import Registry

Layer = Literal["base", "persona", "style", "task"]
PROMOTED: Final = "promoted"


class Budget(Strict):
    """How long prompts and answers may be, in tokens."""

    prompt_tokens: int = Field(default=1200, ge=200)
    answer_tokens: int = Field(default=120, ge=1)


class RetrievalSettings(Strict):
    """How many passages and sentences of them go into a prompt, and the least relevance of a passage, 0 to 1."""

    passages: int = Field(default=4, ge=0, le=20)
    sentences: int = Field(default=5, ge=1, le=100)
    minimum: float = Field(default=0.3, ge=0, le=1)


class ExampleSettings(Strict):
    """Answers of the kit's training conversations, shown before the question as answers that were given.

    Args:
        count: how many at most; 0 for none.
        minimum: the least cosine of an example's question with the one that is asked.
        order: whether the nearest one stands last, next to the question, or first.
    """

    count: int = Field(default=0, ge=0, le=8)
    minimum: float = Field(default=0.4, ge=0, le=1)
    order: Literal["nearest_last", "nearest_first"] = "nearest_last"


class StoreSettings(Strict):
    """Where conversations are kept: a database URL, or null for a SQLite file in the user's data folder."""

    url: str | None = None


class VaultSettings(Strict):
    """Where the values behind placeholders are kept.

    Args:
        kind: `memory`, gone with the process, or `sealed`, encrypted beside the conversations as well, so that a
            conversation can be taken up after a restart.
        hours: how long values stay after the last use.
        key_env: environment variable with the key of sealed vaults, 32 bytes in base64.
        key_file: file with the key where the variable is not set, relative to the bot's folder; null for `vault.key` in
            the user's configuration folder, which is made at the first start. Only its owner may read it.
    """

    kind: Literal["memory", "sealed"] = "memory"
    hours: float = Field(default=24, gt=0, le=24 * 366)
    key_env: str = Field(default="KITWRIGHT_VAULT_KEY", min_length=1)
    key_file: str | None = Field(default=None, min_length=1)


class BotFile(Strict):
    """The whole of bot.yaml.

    Args:
        name: the folder's name.
        title: what people see; the kit's title by default.
        adapter: null for the base model alone, `promoted` for the version that is promoted in the bot's registry, or
            the folder of an adapter, relative to the bot's folder.
        prompts: layer to the variant used instead of the kit's default.
        settings: handed to the kit's code as `context["settings"]`.
    """

    name: str = Field(pattern=NAME_PATTERN)
    kit: str = Field(pattern=NAME_PATTERN)
    title: str | None = None
    model: ModelSettings = Field(default_factory=lambda: TransformersSettings(kind="transformers"))
    adapter: str | None = Field(default=None, min_length=1, max_length=200)
    prompts: dict[Layer, str] = {}
    examples: ExampleSettings = ExampleSettings()
    budget: Budget = Budget()
    retrieval: RetrievalSettings = RetrievalSettings()
    store: StoreSettings = StoreSettings()
    vault: VaultSettings = VaultSettings()
    channels: tuple[Literal["terminal", "api"], ...] = ("terminal", "api")
    settings: dict[str, Any] = {}

    _document: YamlDocument | None = PrivateAttr(default=None)
    _folder: Path = PrivateAttr(default=Path())

    @property
    def path(self) -> Path:
        """The file itself."""
        return self._folder / BOT_FILE

    @property
    def adapters_folder(self) -> Path:
        """The registry of the bot's adapters, beside bot.yaml; it need not exist."""
        return self._folder / "adapters"

    @property
    def page_folder(self) -> Path:
        """A page of the bot's own for the server's front, beside bot.yaml; it need not exist."""
        return self._folder / "page"

    @property
    def intents_folder(self) -> Path:
        """Where a reader of intents that was tuned for the bot's kit lies; it need not exist."""
        return self._folder / "intents"

    def with_adapter(self, name: str) -> "BotFile":
        """The same bot with a version of its registry.

        Raises:
            UsageError: there is no such version.
        """
        folder = Registry(self.adapters_folder).show(name).folder
        return self.model_copy(update={"adapter": str(folder.relative_to(self._folder))})

    @property
    def adapter_folder(self) -> Path | None:
        """The adapter's folder; None for the base model alone.

        Raises:
            AdapterMismatch: the registry does not say which version is promoted.
        """
        if self.adapter != PROMOTED:
            return None if self.adapter is None else self._folder / self.adapter
        name = Registry(self.adapters_folder).promoted()
        return None if name is None else self.adapters_folder / name

    def variants(self, kit: Kit) -> dict[str, str]:
        """The prompt variant of every layer: the kit's defaults with this bot's choices.

        Raises:
            FaultsFound: KW108, the kit has no such variant.
        """
        faults = Faults()
        for layer, variant in self.prompts.items():
            known = tuple(sorted(kit.prompts.templates[layer]))
            if variant not in known:
                place = self._document.place("prompts", layer) if self._document else f"prompts.{layer}"
                problem, hint = f"kit {kit.name!r} has no such variant", closest(variant, known)
                fault = Fault(code="KW108", place=place, problem=problem, value=variant, choices=known, hint=hint)
                faults.add(fault)
        faults.raise_if_any()
        return kit.manifest.prompts.defaults.model_dump() | {str(layer): name for layer, name in self.prompts.items()}


def load_bot_file(name: str, *, kit_paths: Sequence[Path] = ()) -> BotFile:
    """The bot.yaml of the bot called `name`.

    Raises:
        UsageError: there is no such bot.
        FaultsFound: all that is wrong with the file.
    """
    folder = pick("bot", name, find_bots(kit_paths))
    document = read_yaml(folder / BOT_FILE, f"bots/{folder.name}/{BOT_FILE}")
    bot = validate(BotFile, document)
    bot._document, bot._folder = document, folder
    faults = Faults()
    if bot.name != folder.name:
        problem = f"must be the folder's name, {folder.name!r}"
        faults.add(Fault(code="KW106", place=document.place("name"), problem=problem, value=bot.name))
    # A promoted version is looked at when it is loaded: a broken one must not keep `adapters rollback` from working.
    if bot.adapter not in (None, PROMOTED) and not (folder / str(bot.adapter)).is_dir():
        problem, hint = "no such folder", f"null, {PROMOTED}, or a folder beside bot.yaml"
        faults.add(Fault(code="KW101", place=document.place("adapter"), problem=problem, value=bot.adapter, hint=hint))
    faults.raise_if_any()
    return bot
