"""A kit's prompt layers, read from `<folder>/<layer>.<variant>.md.j2`."""

import re
from collections.abc import Mapping
from typing import Final

from kitwright.files import YamlDocument, read_text
from kitwright.kit.folder import KitFolder
from kitwright.kit.manifest import PromptSection
from kitwright.prompting.layers import LAYERS, PromptBook, template_problem

SUFFIX: Final = ".md.j2"
MIN_VARIANTS: Final = 2


def read_prompts(kit: KitFolder, section: PromptSection, manifest: YamlDocument) -> PromptBook:
    """All variants of all layers, each parsed, at least two a layer, defaults among them."""
    place = manifest.place("prompts", "folder")
    folder = kit.path(section.folder, place)
    templates: dict[str, dict[str, str]] = {layer: {} for layer in LAYERS}
    if folder is not None and not folder.is_dir():
        kit.wrong("KW101", place, "no such folder", section.folder)
    for path in sorted(folder.glob("*.j2")) if folder else ():
        _add(kit, f"{section.folder}/{path.name}", templates)
    for layer, variants in templates.items():
        _check_layer(kit, layer, variants, section, manifest)
    return PromptBook(templates)


def _add(kit: KitFolder, name: str, templates: Mapping[str, dict[str, str]]) -> None:
    shown = kit.show(name)
    layer, dot, variant = name.rpartition("/")[2].removesuffix(SUFFIX).partition(".")
    if not name.endswith(SUFFIX) or not dot or not variant or "." in variant:
        kit.wrong("KW106", shown, "a prompt file is called LAYER.VARIANT.md.j2")
        return
    kit.missing("prompt layer", layer, LAYERS, shown)
    if layer not in templates:
        return
    with kit.faults.collecting():
        source = read_text(kit.root / name, shown)
        templates[layer][variant] = source
        problem = template_problem(layer, source)
        if problem:
            line = re.match(r"line (\d+): ", problem)
            kit.wrong("KW110", f"{shown}:{line[1]}" if line else shown, problem)


def _check_layer(
    kit: KitFolder, layer: str, variants: Mapping[str, str], section: PromptSection, manifest: YamlDocument
) -> None:
    place = manifest.place("prompts", "folder")
    if len(variants) < MIN_VARIANTS:
        hint = "variants are there to be compared: write another way of saying it"
        kit.wrong("KW111", place, f"layer {layer!r} has {len(variants)} of at least {MIN_VARIANTS} variants", hint=hint)
    default = getattr(section.defaults, layer)
    kit.missing(f"variant of layer {layer!r}", default, variants, manifest.place("prompts", "defaults", layer))
