"""Checks of what kit.yaml, recipes, evals and guard rules refer to."""

from pathlib import Path

from kitwright.dataset import OUT_OF_SCOPE, AnswerSample, mentions
from kitwright.dialogue import Domain
from kitwright.dialogue.engine import CLARIFY
from kitwright.dialogue.run import TOOL_FAILED
from kitwright.kit.folder import KitFolder
from kitwright.kit.reading import KitFiles

REPHRASE = "utter_rephrase"


def check_manifest(kit: KitFolder, files: KitFiles, training_data: Path | None) -> None:
    """The kit's name is its folder's, and its training data exist."""
    manifest, document = files.manifest, files.document
    if manifest.name != kit.root.name:
        kit.wrong("KW106", document.place("name"), f"must be the folder's name, {kit.root.name!r}", manifest.name)
    if manifest.training_data is not None and training_data is None:
        kit.wrong("KW108", document.place("training_data"), "no such training data", manifest.training_data)


def check_recipes(kit: KitFolder, files: KitFiles, training_data: Path | None) -> None:
    """Every data file of every recipe exists."""
    for name, recipe in files.recipes.items():
        document = files.recipe_documents[name]
        for index, data in enumerate(recipe.data):
            place = document.place("data", index)
            own = kit.path(data, place)
            if own is None or own.is_file() or (training_data is not None and (training_data / data).is_file()):
                continue
            hint = "paths are relative to the kit's folder, or to its training data"
            kit.wrong("KW108", place, "no such data file", data, hint)


def check_guard(kit: KitFolder, files: KitFiles, domain: Domain) -> None:
    """The responses that guard rules and the dialogue engine say by themselves exist."""
    place = files.domain_document.place("responses") if files.domain_document else kit.shown
    for response in (CLARIFY, REPHRASE, *([TOOL_FAILED] if files.manifest.code.tools else [])):
        kit.missing("response, which the dialogue engine says by itself,", response, domain.responses, place)
    guard, document = files.guard, files.guard_document
    if guard is None or document is None:
        return
    for index, rule in enumerate(guard.input):
        kit.missing("response", rule.response, domain.responses, document.place("input", index, "response"))
    kit.missing("response", guard.output.fallback, domain.responses, document.place("output", "fallback"))
    kit.missing("response", guard.too_long, domain.responses, document.place("too_long"))
    kit.missing("response", guard.empty, domain.responses, document.place("empty"))


def check_privacy(kit: KitFolder, files: KitFiles, domain: Domain) -> None:
    """The responses that are said instead of an answer to a message with blocked values exist."""
    if files.privacy is None or files.privacy_document is None:
        return
    for label, response in files.privacy.block.items():
        kit.missing("response", response, domain.responses, files.privacy_document.place("block", label))


def check_evals(kit: KitFolder, files: KitFiles, domain: Domain) -> None:
    """Intents are those of the domain, or `oos`; passages exist; a right answer passes its own sample."""
    known = (*domain.intents, OUT_OF_SCOPE)
    passages = {passage.id for passage in files.passages}
    for entry, samples in files.evals:
        for line, sample in samples.items():
            place = f"{kit.show(entry.file)}:{line}"
            if isinstance(sample, AnswerSample):
                kit.missing("intent", sample.intent, known, f"{place} intent")
                for name in sample.passages:
                    kit.missing("passage", name, passages, f"{place} passages")
                _check_reference(kit, sample, f"{place} reference")
            else:
                kit.missing("intent", sample.label, known, f"{place} label")


def _check_reference(kit: KitFolder, sample: AnswerSample, place: str) -> None:
    for wordings in sample.must_include:
        if not any(mentions(sample.reference, wording) for wording in wordings):
            hint = "a right answer must be able to pass: add the reference's wording to must_include"
            kit.wrong("KW111", place, "does not include a fact that must be included", wordings[0], hint)
    for wording in sample.must_not_include:
        if mentions(sample.reference, wording):
            kit.wrong("KW111", place, "includes what must not be included", wording)
