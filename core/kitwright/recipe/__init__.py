"""Recipes: how an adapter, or an intent model, is trained; one flat file each."""

from kitwright.recipe.recipe import AnyRecipe, IntentsRecipe, PiiRecipe, Recipe, SftRecipe, read_recipe

__all__ = ["AnyRecipe", "IntentsRecipe", "PiiRecipe", "Recipe", "SftRecipe", "read_recipe"]
