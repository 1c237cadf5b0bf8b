"""Prompting: layers with variants, and prompts that fit their token budget."""

from kitwright.prompting.budget import Budget, Fitted, Parts, fit
from kitwright.prompting.layers import LAYERS, SYSTEM_LAYERS, VARIABLES, PromptBook, template_problem
from kitwright.prompting.step import PromptWriter, no_examples, prompt_step

__all__ = [
    "LAYERS",
    "SYSTEM_LAYERS",
    "VARIABLES",
    "Budget",
    "Fitted",
    "Parts",
    "PromptBook",
    "PromptWriter",
    "fit",
    "no_examples",
    "prompt_step",
    "template_problem",
]
