"""Checks inside the domain: mappings, texts and conditions name what exists."""

from kitwright.dialogue import SLOT_IN_TEXT, Domain, ResponseVariation, Slot
from kitwright.files import YamlDocument
from kitwright.kit.folder import KitFolder
from kitwright.kit.reading import KitFiles


def check_domain(kit: KitFolder, files: KitFiles, domain: Domain, document: YamlDocument) -> None:
    """Names listed twice, slots, responses, actions."""
    for key in ("intents", "entities", "actions"):
        names = getattr(domain, key)
        for index, name in enumerate(names):
            if name in names[:index]:
                kit.wrong("KW107", document.place(key, index), "listed twice", name)
    for index, action in enumerate(domain.actions):
        kit.missing("tool in kit.yaml", action, files.manifest.code.tools, document.place("actions", index))
    for name, slot in domain.slots.items():
        _check_slot(kit, files, domain, document, (name, slot))
    for name, variations in domain.responses.items():
        for index, variation in enumerate(variations):
            _check_variation(kit, domain, document, ("responses", name, index), variation)


def _check_slot(
    kit: KitFolder, files: KitFiles, domain: Domain, document: YamlDocument, named: tuple[str, Slot]
) -> None:
    name, slot = named
    if slot.type == "categorical" and not slot.values:
        kit.wrong("KW106", document.place("slots", name), "a categorical slot needs values")
    for index, mapping in enumerate(slot.mappings):
        path = ("slots", name, "mappings", index)
        if mapping.type == "from_entity":
            kit.missing("entity", mapping.entity or "", domain.entities, document.place(*path, "entity"))
        if mapping.type == "from_intent":
            kit.missing("intent", mapping.intent or "", domain.intents, document.place(*path, "intent"))
        for condition in mapping.conditions if files.flows_whole else ():
            kit.missing("flow", condition.active_flow, files.flows, document.place(*path, "conditions"))


def _check_variation(
    kit: KitFolder, domain: Domain, document: YamlDocument, path: tuple[str | int, ...], variation: ResponseVariation
) -> None:
    for slot in dict.fromkeys(SLOT_IN_TEXT.findall(variation.text)):
        kit.missing("slot", slot, domain.slots, document.place(*path, "text"))
    for index, condition in enumerate(variation.condition):
        kit.missing("slot", condition.name, domain.slots, document.place(*path, "condition", index, "name"))
    for index, button in enumerate(variation.buttons):
        if button.payload.startswith("/"):
            intent = button.payload[1:].partition("{")[0]
            kit.missing("intent", intent, domain.intents, document.place(*path, "buttons", index, "payload"))
