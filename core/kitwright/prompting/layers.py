"""A kit's prompt layers: base rules, persona, style and task, each with named variants.

`base`, `persona` and `style` make up the system message and must not change from turn to turn, so that
runtimes can keep its prefix warm; `task` is rendered around the question, with the passages found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jinja2 import Template, TemplateSyntaxError, meta
from jinja2.runtime import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kitwright.files import content_hash

SYSTEM_LAYERS: Final = ("base", "persona", "style")
LAYERS: Final = (*SYSTEM_LAYERS, "task")
VARIABLES: Final[Mapping[str, frozenset[str]]] = {
    "base": frozenset({"bot", "language"}),
    "persona": frozenset({"bot", "language"}),
    "style": frozenset({"bot", "language"}),
    "task": frozenset({"bot", "language", "passages", "facts", "question"}),
}

_ENVIRONMENT: Final = ImmutableSandboxedEnvironment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


@lru_cache(maxsize=256)
def _compiled(source: str) -> Template:
    return _ENVIRONMENT.from_string(source)


@dataclass(frozen=True, slots=True)
class PromptBook:
    """All variants of all layers: `templates[layer][variant]` is Jinja source.

    Example:
        >>> PromptBook({"base": {"plain": "You are {{ bot }}."}}).render("base", "plain", bot="Fern", language="en")
        'You are Fern.'
    """

    templates: Mapping[str, Mapping[str, str]]

    def render(self, layer: str, variant: str, **variables: object) -> str:
        """The layer's text.

        Raises:
            KeyError: no such layer or variant; `faults_of` at load time rules it out.
        """
        return _compiled(self.templates[layer][variant]).render(variables).strip()

    @property
    def hash(self) -> str:
        """Hash of all layers; an adapter is bound to it."""
        return content_hash(
            *(
                f"{layer}/{variant}:{template}"
                for layer in sorted(self.templates)
                for variant, template in sorted(self.templates[layer].items())
            )
        )


def template_problem(layer: str, source: str) -> str | None:
    """What is wrong with a template: a syntax error with its line, or unknown variables; None if sound."""
    try:
        tree = _ENVIRONMENT.parse(source)
        names = meta.find_undeclared_variables(tree)
    except TemplateSyntaxError as error:
        return f"line {error.lineno}: {error.message}"
    if any(True for _ in meta.find_referenced_templates(tree)):
        return "a layer can not include, import or extend other templates"
    unknown = sorted(names - VARIABLES[layer])
    return f"unknown variable {', '.join(unknown)}" if unknown else None
