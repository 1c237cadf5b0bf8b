"""The knowledge base as a whole, and how it is read: YAML once, then a copy in JSON for the same contents."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import platformdirs
import yaml
from pydantic import BaseModel, ValidationError

from ..knowledge_base.condition import Condition
from ..knowledge_base.finding import Finding
from ..knowledge_base.identity import parent_of
from ..knowledge_base.rule import Rule
from ..reading.lexicon import Lexicon

FOLDER: Final = Path(__file__).parent
_SECTIONS: Final = ("findings", "conditions", "red_flags", "combinations", "lexicon")
_KINDS: Final[dict[str, type[BaseModel]]] = {
    "findings": Finding,
    "conditions": Condition,
    "red_flags": Rule,
    "combinations": Rule,
}


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong in the knowledge base.

    Args:
        place: file, entry and field.
        problem: what is wrong.
    """

    place: str
    problem: str


@dataclass(frozen=True)
class KnowledgeBase:
    """Findings, conditions and rules.

    Args:
        version: hash of the files' contents.
        findings: by id.
        conditions: by id.
        red_flags: rules that look for emergencies.
        combinations: rules on findings together with age, pregnancy, illnesses, medicines and measures.
        patterns: of the lexicon, by finding or value.
        classes: words that patterns share.
    """

    version: str
    findings: Mapping[str, Finding]
    conditions: Mapping[str, Condition]
    red_flags: tuple[Rule, ...]
    combinations: tuple[Rule, ...]
    patterns: Mapping[str, tuple[str, ...]]
    classes: Mapping[str, str]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule."""
        return self.red_flags + self.combinations

    @cached_property
    def lexicon(self) -> Lexicon:
        """Finds findings by words."""
        return Lexicon({key: each for key, each in self.patterns.items() if "/" not in key}, self.classes)

    @cached_property
    def values(self) -> Lexicon:
        """Finds values of findings by words: their wordings, and what the lexicon adds."""
        entries: dict[str, list[str]] = {}
        for finding in self.findings.values():
            for value, wordings in finding.values.items():
                own = [_as_pattern(wording) for wording in wordings]
                entries[f"{finding.id}/{value}"] = [each for each in own if each]
        for key, patterns in self.patterns.items():
            if "/" in key:
                entries[key] = [*entries.get(key, ()), *patterns]
        return Lexicon(entries, self.classes)

    @cached_property
    def crises(self) -> frozenset[str]:
        """Findings that are a crisis by themselves: a thought of them is one, however it is put."""
        alone = (rule for rule in self.rules if rule.crisis and len(rule.when) == 1)
        return frozenset(parent_of(finding) for rule in alone for finding in rule.findings())

    def knows(self, finding: str) -> bool:
        """Whether there is such a finding, or value of one."""
        entry = self.findings.get(parent_of(finding))
        return entry is not None and ("/" not in finding or finding.partition("/")[2] in entry.values)


def _as_pattern(wording: str) -> str:
    """A wording as a pattern of its words one after another; signs that patterns mean something by are left out."""
    return " ".join("".join(" " if sign in "|&>!~$*" else sign for sign in wording).split())


@lru_cache(maxsize=1)
def knowledge_base() -> KnowledgeBase:
    """The kit's knowledge base; read once.

    Raises:
        ValueError: it has flaws; the message names each.
    """
    base, flaws = read_knowledge_base(FOLDER)
    if flaws:
        raise ValueError("\n".join(f"{flaw.place}: {flaw.problem}" for flaw in flaws))
    return base


def read_knowledge_base(folder: Path) -> tuple[KnowledgeBase, list[Flaw]]:
    """Read a knowledge base and find every flaw; with flaws the base lacks the entries that can not be read."""
    documents, version = _documents(folder)
    flaws: list[Flaw] = []
    read = {section: _entries(section, documents[section], flaws) for section in _KINDS}
    lexicon = dict(documents["lexicon"])
    classes = lexicon.pop("classes.yaml", {})
    patterns: dict[str, tuple[str, ...]] = {}
    for name, entries in lexicon.items():
        for key, sources in entries.items():
            if key in patterns:
                flaws.append(Flaw(f"lexicon/{name}: {key}", "has patterns in another file as well"))
            patterns[key] = tuple(map(str, sources))
    base = KnowledgeBase(
        version,
        read["findings"],
        read["conditions"],
        tuple(read["red_flags"].values()),
        tuple(read["combinations"].values()),
        patterns,
        classes,
    )
    return base, flaws


def _entries(section: str, files: Mapping[str, Any], flaws: list[Flaw]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, entries in files.items():
        for entry in entries or ():
            place = f"{section}/{name}: {entry.get('id', '?') if isinstance(entry, dict) else entry}"
            try:
                read = _KINDS[section].model_validate(entry)
            except ValidationError as error:
                flaws += [Flaw(f"{place}: {'.'.join(map(str, each['loc']))}", each["msg"]) for each in error.errors()]
                continue
            key = getattr(read, "id")  # noqa: B009 - every kind has one
            if key in found:
                flaws.append(Flaw(place, "has the id of another entry"))
            found[key] = read
    return found


def _documents(folder: Path) -> tuple[dict[str, dict[str, Any]], str]:
    """Every file of every section, parsed, and the hash of all of them."""
    files = [(section, path) for section in _SECTIONS for path in sorted((folder / section).glob("*.yaml"))]
    contents = [(section, path.name, path.read_bytes()) for section, path in files]
    version = _hash(contents)
    kept = cache_folder() / f"{version}.json"
    if kept.is_file():
        return json.loads(kept.read_text(encoding="utf-8")), version
    documents: dict[str, dict[str, Any]] = {section: {} for section in _SECTIONS}
    for section, name, content in contents:
        documents[section][name] = yaml.load(content, yaml.CSafeLoader)
    _keep(kept, documents)
    return documents, version


def _hash(contents: Iterable[tuple[str, str, bytes]]) -> str:
    digest = hashlib.sha256()
    for section, name, content in contents:
        digest.update(f"{section}/{name}:{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:16]


def cache_folder() -> Path:
    """Where parsed files and vectors are kept between starts."""
    given = os.environ.get("KITWRIGHT_CACHE", "").strip()
    return (Path(given) if given else Path(platformdirs.user_cache_dir("kitwright"))) / "medical_triage"


def _keep(path: Path, documents: Mapping[str, Any]) -> None:
    """Keep parsed files; where nothing can be written they are parsed each time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(documents), encoding="utf-8")
        draft.replace(path)
    except OSError:
        return
