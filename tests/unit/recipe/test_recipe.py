"""Recipes: one model per kind, closed, with bounds; the hash covers every field."""

import pytest

from kitwright.errors import FaultsFound
from kitwright.files import parse_yaml
from kitwright.recipe import IntentsRecipe, SftRecipe, read_recipe

INTENTS = "name: i\nkind: intents\ntrains: it\ndata: [nlu.yml]\n"
SFT = "name: s\nkind: sft\ntrains: it\ndata: [a.jsonl]\nrank: 8\nlearning_rate: 2e-4\n"


def test_kinds_have_their_own_fields() -> None:
    assert isinstance(read_recipe(parse_yaml(INTENTS, "r.yaml")), IntentsRecipe)
    recipe = read_recipe(parse_yaml(SFT + "targets: [q_proj, v_proj]", "r.yaml"))
    assert isinstance(recipe, SftRecipe)
    assert (recipe.rank, recipe.learning_rate, recipe.targets) == (8, 2e-4, ("q_proj", "v_proj"))


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        (INTENTS.replace("intents", "intent"), "r.yaml:2 kind", "did you mean 'intents'"),
        (INTENTS.replace("kind: intents\n", ""), "r.yaml:1 kind", "choices: intents, pii, sft"),
        (INTENTS + "alpha: 8", "r.yaml:5 alpha", "unknown key"),
        (SFT + "epochs: 0", "r.yaml:7 epochs", "greater than 0"),
        (SFT.replace("[a.jsonl]", "[]"), "r.yaml:4 data", "at least 1"),
        ("- x", "r.yaml:1 kind", "is missing"),
    ],
)
def test_faults(text: str, place: str, says: str) -> None:
    with pytest.raises(FaultsFound) as caught:
        read_recipe(parse_yaml(text, "r.yaml"))
    assert any(fault.place == place and says in fault.line() for fault in caught.value.faults), caught.value


def test_the_hash_is_of_values_not_of_writing() -> None:
    recipe = read_recipe(parse_yaml(SFT, "r.yaml"))
    assert recipe.hash == read_recipe(parse_yaml("# note\n" + SFT + "seed: 0", "r.yaml")).hash
    assert recipe.hash != read_recipe(parse_yaml(SFT + "seed: 1", "r.yaml")).hash
