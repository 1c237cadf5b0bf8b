"""Recipes: how an adapter, or an intent model, is trained; one flat file each."""

from kitwright.recipe.recipe import IntentsRecipe, Recipe, SftRecipe, read_recipe

__all__ = ["IntentsRecipe", "Recipe", "SftRecipe", "read_recipe"]
