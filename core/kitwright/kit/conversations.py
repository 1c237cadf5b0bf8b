"""The written conversations that a recipe of a kit trains on."""

from kitwright.dataset import SftRecord, read_records
from kitwright.files import Faults, content_hash
from kitwright.kit.kit import Kit
from kitwright.recipe import SftRecipe


def conversations(kit: Kit, recipe: SftRecipe) -> tuple[SftRecord, ...]:
    """The records of a recipe's data files, in its order.

    Raises:
        FaultsFound: a file is missing or malformed; all faults at once.
    """
    faults = Faults()
    records: list[SftRecord] = []
    for name in recipe.data:
        with faults.collecting():
            shown = f"training_data/{kit.name}/{name}"
            records += read_records(kit.data_file(name), SftRecord, shown).values()
    faults.raise_if_any()
    return tuple(records)


def conversations_hash(kit: Kit, recipe: SftRecipe) -> str | None:
    """Hash of a recipe's data files, in its order; None where a file is missing."""
    try:
        return content_hash(*(kit.data_file(name).read_bytes() for name in recipe.data))
    except OSError:
        return None
