"""Reading every file that kit.yaml names; what can not be read is left out, with its faults noted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from kitwright.dataset import (
    AnswerSample,
    ConversationTest,
    IntentSample,
    SimulationFile,
    read_conversation_tests,
    read_records,
)
from kitwright.dialogue import Domain, Flow, FlowFile
from kitwright.files import YamlDocument, read_text, validate_into
from kitwright.guard.rules import GuardRules
from kitwright.kit.folder import KitFolder
from kitwright.kit.manifest import EvalEntry, KitManifest
from kitwright.kit.passages import read_passages
from kitwright.kit.prompts import read_prompts
from kitwright.nlu.data import NluData, read_nlu
from kitwright.privacy import PrivacyPolicy, read_terms
from kitwright.prompting.layers import PromptBook
from kitwright.recipe import Recipe, read_recipe
from kitwright.types import Passage

_Model = TypeVar("_Model", bound=BaseModel)
Samples = Mapping[int, IntentSample] | Mapping[int, AnswerSample]


@dataclass(slots=True)
class KitFiles:
    """What a kit's files hold, with the documents that faults point into.

    Args:
        nlu: one part per file; None in place of a file that could not be read.
        flow_documents: flow name to the document it stands in.
        flows_whole: whether every flows file could be read.
        evals: entry, and samples by line.
    """

    manifest: KitManifest
    document: YamlDocument
    domain: Domain | None = None
    domain_document: YamlDocument | None = None
    nlu: list[NluData | None] = field(default_factory=list)
    flows: dict[str, Flow] = field(default_factory=dict)
    flow_documents: dict[str, YamlDocument] = field(default_factory=dict)
    flows_whole: bool = True
    prompts: PromptBook = field(default_factory=lambda: PromptBook({}))
    passages: tuple[Passage, ...] = ()
    guard: GuardRules | None = None
    guard_document: YamlDocument | None = None
    privacy: PrivacyPolicy | None = None
    privacy_document: YamlDocument | None = None
    recipes: dict[str, Recipe] = field(default_factory=dict)
    recipe_documents: dict[str, YamlDocument] = field(default_factory=dict)
    evals: list[tuple[EvalEntry, Samples]] = field(default_factory=list)
    tests: list[tuple[YamlDocument, tuple[ConversationTest, ...]]] = field(default_factory=list)
    simulations: list[tuple[YamlDocument, SimulationFile]] = field(default_factory=list)


def read_files(kit: KitFolder, manifest: KitManifest, document: YamlDocument) -> KitFiles:
    """Everything that kit.yaml names."""
    files = KitFiles(manifest, document)
    files.domain, files.domain_document = _read_one(kit, files, Domain, "domain")
    files.guard, files.guard_document = _read_one(kit, files, GuardRules, "guard")
    files.privacy, files.privacy_document = _read_privacy(kit, files)
    for found in _listed(kit, files, "nlu"):
        files.nlu.append(read_nlu(kit.faults, found) if found else None)
    for found in _listed(kit, files, "flows"):
        _add_flows(kit, files, found)
    for found in _listed(kit, files, "recipes"):
        _add_recipe(kit, files, found)
    for found in _listed(kit, files, "tests"):
        with kit.faults.collecting():
            files.tests.extend([(found, read_conversation_tests(found))] if found else [])
    _read_simulations(kit, files)
    _read_evals(kit, files)
    files.prompts = read_prompts(kit, manifest.prompts, document)
    if manifest.knowledge is not None:
        files.passages = read_passages(kit, manifest.knowledge, document.place("knowledge"))
    return files


def _read_privacy(kit: KitFolder, files: KitFiles) -> tuple[PrivacyPolicy | None, YamlDocument | None]:
    """The policy, with the terms of its lists."""
    policy, document = _read_one(kit, files, PrivacyPolicy, "privacy")
    if policy is None or document is None:
        return None, document
    terms = list(policy.keep_terms)
    for index, name in enumerate(policy.keep_lists):
        path = kit.path(name, document.place("keep_lists", index))
        if path is not None:
            with kit.faults.collecting():
                terms += read_terms(read_text(path, kit.show(name)))
    return policy.model_copy(update={"keep_terms": tuple(terms)}), document


def _read_one(
    kit: KitFolder, files: KitFiles, model: type[_Model], key: str
) -> tuple[_Model | None, YamlDocument | None]:
    document = kit.yaml(getattr(files.manifest, key), files.document.place(key))
    return (None, None) if document is None else (validate_into(kit.faults, model, document), document)


def _listed(kit: KitFolder, files: KitFiles, *path: str) -> list[YamlDocument | None]:
    """The documents of a list of files in kit.yaml; a file listed twice is a fault and counts once."""
    documents: dict[str, YamlDocument | None] = {}
    names: Any = files.manifest
    for key in path:
        names = getattr(names, key)
    for index, name in enumerate(names):
        place = files.document.place(*path, index)
        if name in documents:
            kit.wrong("KW107", place, "file listed twice", name)
        else:
            documents[name] = kit.yaml(name, place)
    return list(documents.values())


def _add_flows(kit: KitFolder, files: KitFiles, document: YamlDocument | None) -> None:
    file = validate_into(kit.faults, FlowFile, document) if document else None
    if file is None or document is None:
        files.flows_whole = False
        return
    for name, flow in file.flows.items():
        if name in files.flows:
            first = files.flow_documents[name].place("flows", name)
            kit.wrong("KW107", document.place("flows", name), f"flow is already defined at {first}", name)
            continue
        files.flows[name] = flow
        files.flow_documents[name] = document


def _add_recipe(kit: KitFolder, files: KitFiles, document: YamlDocument | None) -> None:
    if document is None:
        return
    with kit.faults.collecting():
        recipe = read_recipe(document)
        if recipe.name in files.recipes:
            kit.wrong("KW107", document.place("name"), "another recipe has this name", recipe.name)
        files.recipes.setdefault(recipe.name, recipe)
        files.recipe_documents.setdefault(recipe.name, document)


def _read_simulations(kit: KitFolder, files: KitFiles) -> None:
    if files.manifest.simulations is None:
        return
    for document in _listed(kit, files, "simulations", "files"):
        file = validate_into(kit.faults, SimulationFile, document) if document else None
        files.simulations.extend([(document, file)] if document and file else [])


def _read_evals(kit: KitFolder, files: KitFiles) -> None:
    names: set[str] = set()
    for index, entry in enumerate(files.manifest.evals):
        if entry.name in names:
            kit.wrong("KW107", files.document.place("evals", index, "name"), "another eval has this name", entry.name)
        names.add(entry.name)
        path = kit.path(entry.file, files.document.place("evals", index, "file"))
        if path is not None:
            with kit.faults.collecting():
                files.evals.append((entry, _samples(entry, path, kit.show(entry.file))))


def _samples(entry: EvalEntry, path: Path, shown: str) -> Samples:
    if entry.kind == "answers":
        return read_records(path, AnswerSample, shown)
    return read_records(path, IntentSample, shown)
