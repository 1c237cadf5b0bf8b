"""The written conversations that a kit's recipes train on."""

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


def all_conversations(kit: Kit) -> tuple[SftRecord, ...]:
    """The records of all recipes, each once; none of a recipe whose data is not there.

    Raises:
        FaultsFound: a file of conversations is malformed.
    """
    tuning = (each for each in kit.recipes.values() if isinstance(each, SftRecipe))
    recipes = [each for each in tuning if all(kit.data_file(name).is_file() for name in each.data)]
    return tuple({record.id: record for recipe in recipes for record in conversations(kit, recipe)}.values())


def conversations_hash(kit: Kit, recipe: SftRecipe) -> str | None:
    """Hash of a recipe's data files, in its order; None where a file is missing."""
    try:
        return content_hash(*(kit.data_file(name).read_bytes() for name in recipe.data))
    except OSError:
        return None
