"""Checks of the training utterances: against the domain, and against one another."""

from collections import Counter
from typing import Final

from kitwright.dialogue import Domain
from kitwright.files import YamlDocument
from kitwright.kit.folder import KitFolder
from kitwright.kit.reading import KitFiles
from kitwright.nlu.data import AnnotatedExample, NluData

MIN_EXAMPLES: Final = 5


def check_nlu(kit: KitFolder, files: KitFiles, domain: Domain, document: YamlDocument) -> None:
    """Intents on both sides, enough examples each, no utterance twice, known entities."""
    parts = [part for part in files.nlu if part]
    examples = [example for part in parts for example in part.examples]
    places = _intents(kit, parts, domain)
    _entities(kit, examples, domain)
    _conflicts(kit, examples)
    if len(parts) == len(files.nlu):
        _amounts(kit, examples, places, document, domain)


def _intents(kit: KitFolder, parts: list[NluData], domain: Domain) -> dict[str, str]:
    places: dict[str, str] = {}
    for part in parts:
        for intent, place in part.intents.items():
            kit.missing("intent in the domain", intent, domain.intents, place)
            if intent in places:
                kit.wrong("KW107", place, f"intent is already opened at {places[intent]}", intent)
            places.setdefault(intent, place)
    return places


def _amounts(
    kit: KitFolder, examples: list[AnnotatedExample], places: dict[str, str], document: YamlDocument, domain: Domain
) -> None:
    counts = Counter(example.intent for example in examples)
    for intent, place in places.items():
        if counts[intent] < MIN_EXAMPLES:
            kit.wrong("KW111", place, f"intent has {counts[intent]} of at least {MIN_EXAMPLES} examples", intent)
    for index, intent in enumerate(domain.intents):
        if intent not in places:
            kit.wrong("KW108", document.place("intents", index), "intent has no examples in the nlu files", intent)


def _conflicts(kit: KitFolder, examples: list[AnnotatedExample]) -> None:
    first: dict[str, AnnotatedExample] = {}
    for example in examples:
        known = first.setdefault(" ".join(example.text.casefold().split()).rstrip(" ?!."), example)
        if known.intent != example.intent:
            problem = f"the same utterance stands under {known.intent!r} at {known.place}"
            kit.wrong("KW111", example.place, problem, example.text)


def _entities(kit: KitFolder, examples: list[AnnotatedExample], domain: Domain) -> None:
    reported: set[str] = set()
    for example in examples:
        for entity in example.entities:
            if entity.name not in reported:
                kit.missing("entity in the domain", entity.name, domain.entities, example.place)
                reported.add(entity.name)
