"""The bot's model with its adapter, and what the adapter is bound to.

A bot's conditions are made here and nowhere else, so that training writes down exactly what serving looks at.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from kitwright.bot.writing import prompt_writer
from kitwright.chat_format import ChatFormat
from kitwright.errors import AdapterMismatch, CacheUnusable, Fault, ModelUnavailable
from kitwright.files import versions
from kitwright.generation import (
    LlamaCppSettings,
    TransformersBackend,
    TransformersSettings,
    base_model_id,
    build_backend,
)
from kitwright.generation.transformers_backend import EMBEDDED
from kitwright.kit import BotFile, Kit
from kitwright.protocols import Backend
from kitwright.recipe import SftRecipe
from kitwright.registry import AdapterBinding, Conditions, misfits, require_fit

UNKNOWN: Final = "unknown"
_LOCAL: Final = (TransformersSettings, LlamaCppSettings)  # kinds that run the base model here


def tuned_backend(file: BotFile, kit: Kit) -> Backend:
    """The backend that bot.yaml describes; its adapter is checked now, and once more when the model is loaded.

    What costs no more than a hash is looked at now: files, rank, prompts and base model. The chat format needs the
    tokenizer, and whether the weights are those of the base needs the base, so both wait until it is loaded, which is
    before the first answer. A model behind a server is the server's to know: only files, rank and prompts are
    compared then.

    Raises:
        AdapterMismatch: every reason not to serve the adapter.
        ModelUnavailable: the package with the base model is not installed.
    """
    folder = file.adapter_folder
    if folder is None:
        return build_backend(file.model, None)
    faults = adapter_faults(file, kit, folder)
    if faults:
        raise AdapterMismatch(faults)
    return build_backend(file.model, folder, admit=partial(_require_fit, file, kit, folder))


def adapter_faults(file: BotFile, kit: Kit, folder: Path, *, thorough: bool = False) -> Sequence[Fault]:
    """Every reason not to serve the adapter with this bot.

    Args:
        file: of the bot.
        kit: of the bot.
        folder: of the adapter.
        thorough: load the tokenizer in any case. Else it is loaded only where something is wrong already, so that
            all differences are named at once. Nothing is downloaded for it.

    Raises:
        ModelUnavailable: the package with the base model is not installed.
    """
    faults = misfits(folder, conditions_of(file, kit))
    if not faults and not thorough:
        return faults
    chat_format = _chat_format_at_hand(file)
    return misfits(folder, conditions_of(file, kit, chat_format)) if chat_format else faults


def conditions_of(file: BotFile, kit: Kit, chat_format: ChatFormat | None = None) -> Conditions:
    """What an adapter meets in this bot.

    Args:
        file: names the model and chooses the prompts.
        kit: brings the prompts.
        chat_format: of the model's tokenizer, where that is loaded.

    Raises:
        ModelUnavailable: the package with the base model is not installed.
    """
    prompts = prompt_writer(file, kit, _no_count).hash
    if not isinstance(file.model, _LOCAL):
        return Conditions(prompts=prompts)
    base, revision = base_model_id(file.model.model, file.model.revision)
    if chat_format is None:
        return Conditions(base=base, base_revision=revision, prompts=prompts)
    # With its tokenizer loaded, a Hugging Face model is on this machine, and its commit known wherever it can be.
    return Conditions(base=base, base_revision=revision or UNKNOWN, chat_format=chat_format.hash, prompts=prompts)


def binding_of(
    file: BotFile, kit: Kit, *, chat_format: ChatFormat, recipe: SftRecipe, data_hash: str
) -> AdapterBinding:
    """What an adapter is bound to that was trained now, by the recipe, for this bot.

    Args:
        file: of the bot.
        kit: of the bot.
        chat_format: that the examples were rendered in.
        recipe: names the base model and the rank.
        data_hash: of the training records.

    Raises:
        ModelUnavailable: the package with the base model is not installed.
    """
    base, revision = base_model_id(recipe.base, None)
    return AdapterBinding(
        base=base,
        base_revision=revision or UNKNOWN,
        chat_format=chat_format.hash,
        prompts=prompt_writer(file, kit, _no_count).hash,
        rank=recipe.rank,
        recipe=recipe.hash,
        data=data_hash,
        versions=versions(),
    )


def _require_fit(file: BotFile, kit: Kit, folder: Path, chat_format: ChatFormat) -> None:
    require_fit(folder, conditions_of(file, kit, chat_format))


def _chat_format_at_hand(file: BotFile) -> ChatFormat | None:
    """The chat format of a model that is on this machine."""
    model = file.model
    if not isinstance(model, _LOCAL) or not (model.model == EMBEDDED or Path(model.model).is_dir()):
        return None
    try:
        return TransformersBackend(model.model, revision=model.revision).chat_format
    except (ModelUnavailable, CacheUnusable):
        return None


def _no_count(_messages: object) -> int:
    """Hashes are taken of templates: nothing is fitted into a budget."""
    return 0
