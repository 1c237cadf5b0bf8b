"""The base model of a run: in 4 bits only where that can be done, and said where it can not."""

import importlib.util

import pytest

from kitwright.errors import ModelUnavailable
from kitwright.recipe import SftRecipe
from kitwright.training import model


def test_a_recipe_that_asks_for_4_bits_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(model, "load_tokenizer", lambda base, revision: None)
    recipe = SftRecipe(name="r", kind="sft", trains="a guide", data=("none",), quantised="always")
    with pytest.raises(ModelUnavailable, match="pip install bitsandbytes"):
        model.load_base("base", None, recipe, "auto")
