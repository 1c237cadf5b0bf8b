"""Checking, describing and splitting datasets: the dataset room's functions, with what other rooms bring to them."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from kitwright.dataset import (
    MAX_TOKENS,
    SPLITS,
    DatasetReport,
    DatasetStats,
    Domain,
    Material,
    Probes,
    Readings,
    Sample,
    StatedFact,
    check_dataset,
    in_order,
    partition,
    read_samples,
    report_page,
    shares_of,
    stats_of,
    together,
)
from kitwright.encoder import embedded_encoder
from kitwright.errors import Fault, FaultsFound, UsageError
from kitwright.files import cached_folder, content_hash, write_atomically
from kitwright.generation.openmp import wait_shortly
from kitwright.guard import Fact, facts_of, is_supported
from kitwright.guard.rules import FactKind
from kitwright.kit import Kit, find_kits, load_kit
from kitwright.privacy import PLACEHOLDER, Entities, PresidioScrubber, PrivacyPolicy
from kitwright.protocols import Encoder
from kitwright.types import ScrubbedText, Span

_TOKENS_PER_WORD: Final = 1.4  # SmolLM2's tokenizer on English support texts
_VECTORS: Final = "vectors.npy"
_TWICE: Final = re.compile(r"\btwice\b", re.IGNORECASE)
_PLACEHOLDER_LABEL: Final = "TEXT"  # the scrubber's label of what is a placeholder already
_WITHOUT_KIT: Final = PrivacyPolicy(entities=Entities(keep=("CITY", "DATE_TIME", "LOCATION", "REGION", "URL")))
"""Dates, places and links are what answers are made of; alone they are nobody's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where records come from.

    Args:
        records: files and folders.
        evals: files that must not be trained on.
        kit: the domain, where one is named.
    """

    records: tuple[Path, ...]
    evals: tuple[Path, ...] = ()
    kit: Kit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitDone:
    """What a split wrote: its folder, and records by split."""

    out: Path
    counts: dict[str, int]
    groups: int


def sources(
    paths: Sequence[str], *, kit: str | None = None, against: Sequence[Path] = (), kit_paths: Sequence[Path] = ()
) -> Sources:
    """Files and folders as they are; the name of a kit stands for its training data, held against its evals.

    Raises:
        UsageError: something that is neither there nor a kit, or a kit without training data.
        FaultsFound: the kit's files are wrong.
    """
    records, evals, loaded = [], list(against), load_kit(kit, kit_paths=kit_paths) if kit else None
    for path in paths:
        if Path(path).exists() or path not in find_kits(kit_paths):
            records.append(Path(path))
            continue
        named = load_kit(path, kit_paths=kit_paths)
        if named.training_data is None:
            raise UsageError(Fault(code="KW101", place="PATH", problem="the kit has no training data", value=path))
        records.append(named.training_data)
        evals += sorted({*(entry.path for entry in named.evals), *(named.root / "evals").glob("*.jsonl")})
        loaded = loaded or named
    return Sources(records=tuple(records), evals=tuple(evals), kit=loaded)


def material_of(
    where: Sources, readings: Readings, *, max_tokens: int = MAX_TOKENS, encoder: Encoder | None = None
) -> Material:
    """The records ready to be looked at.

    Args:
        where: files and kit.
        readings: what was read from them.
        max_tokens: a longer record is cut in training.
        encoder: the embedded one by default.

    Raises:
        UsageError: an eval is not there.
    """
    wait_shortly()
    probes = probes_of(encoder or embedded_encoder(), where.kit.privacy if where.kit else None)
    folders = {path: _count(path, readings) for path in readings.folders}
    return Material(
        samples=tuple(readings.samples),
        probes=probes,
        evals=tuple(read_samples(where.evals).samples),
        folders=folders,
        domain=_domain(where.kit) if where.kit else None,
        max_tokens=max_tokens,
    )


def check_data(material: Material, readings: Readings, done: Callable[[], None]) -> DatasetReport:
    """Every finding about the records; `done` is called after each check."""
    return check_dataset(material, unread=tuple(readings.findings), done=done)


def write_page(path: Path, title: str, report: DatasetReport, material: Material) -> None:
    """The report as a page.

    Raises:
        UsageError: the file can not be written.
    """
    try:
        write_atomically(path, report_page(title, report, material).encode("utf-8", "replace"))
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--html {path}", problem=problem)) from error


def describe_data(material: Material) -> DatasetStats:
    """Figures of the records."""
    return stats_of(material)


def split_data(
    material: Material,
    readings: Readings,
    out: Path,
    *,
    shares: Sequence[float],
    seed: int = 0,
    group: str | None = None,
) -> SplitDone:
    """Write `train.jsonl`, `validation.jsonl`, `test.jsonl` and `split.json`, which says how they were made.

    Args:
        material: the records.
        readings: where they came from; faults of reading them stop the split.
        out: folder to write to; may not be one of those read.
        shares: of train, validation and test; together 1.
        seed: another one draws another split.
        group: records with the same value of this field stay together.

    Raises:
        FaultsFound: records are malformed or share an id.
        UsageError: the shares, the field or the folder are wrong.
    """
    wanted = shares_of(*shares)
    if readings.findings:
        raise FaultsFound(
            Fault(code="KW113", place=f.places[0], problem=f.what, hint=f.hint) for f in readings.findings
        )
    if out.resolve() in {path.resolve().parent for path in readings.files.values()}:
        problem, hint = "records are read from this folder", "name another folder"
        raise UsageError(Fault(code="KW002", place="--out", problem=problem, value=str(out), hint=hint))
    ordered = in_order(material.samples)
    looked = Material(samples=ordered, probes=material.probes)
    groups = together(ordered, near=[(pair.first, pair.second) for pair in looked.pairs], field=group)
    parts = partition(ordered, groups, wanted, seed=seed)
    texts = {name: "".join(f"{sample.raw}\n" for sample in parts.samples[name]) for name in SPLITS}
    about = {
        "seed": seed,
        "shares": wanted,
        "group": group or "passages",
        "groups": parts.groups,
        "sources": {shown: _hash(path.read_bytes()) for shown, path in sorted(readings.files.items())},
        "splits": {name: _about(texts[name], parts.samples[name]) for name in SPLITS},
    }
    try:
        for name, text in texts.items():
            write_atomically(out / f"{name}.jsonl", text.encode())
        write_atomically(out / "split.json", (json.dumps(about, indent=2, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--out {out}", problem=problem)) from error
    return SplitDone(out=out, counts={name: len(parts.samples[name]) for name in SPLITS}, groups=parts.groups)


def probes_of(encoder: Encoder, privacy: PrivacyPolicy | None = None) -> Probes:
    """What the checks ask of the encoder, the scrubber and the guard."""
    scrubber = PresidioScrubber(privacy or _WITHOUT_KIT)
    kinds: tuple[FactKind, ...] = ("number", "price", "date", "link", "email", "phone")

    @cache
    def personal(text: str) -> Sequence[Span]:
        return tuple(span for span in scrubber.find(text) if span.label != _PLACEHOLDER_LABEL)

    def facts(text: str) -> frozenset[StatedFact]:
        return frozenset(StatedFact(fact.kind, fact.key) for fact in facts_of(text, kinds))

    def unsupported(answer: str, texts: Sequence[str]) -> Sequence[StatedFact]:
        evidence = frozenset().union(*(facts_of(_TWICE.sub("2 times", text), kinds) for text in texts))
        return [
            StatedFact(fact.kind, fact.key)
            for fact in facts_of(answer, kinds)
            if not is_supported(fact, evidence) and not is_supported(_without_unit(fact), _bare(evidence))
        ]

    return Probes(
        encode=lambda texts: _vectors(encoder, texts),
        personal=personal,
        facts=facts,
        unsupported=unsupported,
        count=lambda text: round(len(PLACEHOLDER.sub("x", text).split()) * _TOKENS_PER_WORD),
    )


def _vectors(encoder: Encoder, texts: Sequence[str]) -> Any:
    """Vectors in the order of the texts, kept in the cache in shares, so that one changed text spoils one share."""
    import numpy as np

    shares: dict[str, list[str]] = defaultdict(list)
    for text in sorted(set(texts)):
        shares[content_hash(text)[0]].append(text)
    known = {text: row for share in shares.values() for text, row in zip(share, _share(encoder, share), strict=True)}
    return np.stack([known[text] for text in texts]) if texts else np.zeros((0, 1), dtype=np.float32)


def _share(encoder: Encoder, texts: Sequence[str]) -> Any:
    import numpy as np

    def build(folder: Path) -> None:
        np.save(folder / _VECTORS, encoder.encode([ScrubbedText(text) for text in texts]))

    folder = cached_folder("dataset-vectors", content_hash(encoder.id, *texts), build)
    return np.load(folder / _VECTORS, allow_pickle=False)


def _without_unit(fact: Fact) -> Fact:
    return Fact(fact.kind, fact.key.split(" ")[0]) if fact.kind == "number" else fact


def _bare(evidence: frozenset[Fact]) -> frozenset[Fact]:
    """Numbers without a unit: a table or a range names its unit once, and the answer beside each number."""
    return frozenset(fact for fact in evidence if fact.kind == "number" and " " not in fact.key)


def _domain(kit: Kit) -> Domain:
    return Domain(
        passages={passage.id: f"{passage.title}\n{passage.text}" for passage in kit.passages},
        utterances=tuple(example.text for example in kit.nlu.examples),
        language=kit.manifest.language,
    )


def _count(folder: Path, readings: Readings) -> int:
    inside = {shown for shown, path in readings.files.items() if path.is_relative_to(folder)}
    return sum(sample.file in inside for sample in readings.samples)


def _about(text: str, samples: Sequence[Sample]) -> dict[str, object]:
    classes: dict[str, int] = {}
    for sample in samples:
        classes[sample.group or ""] = classes.get(sample.group or "", 0) + 1
    return {"records": len(samples), "sha256": _hash(text.encode()), "classes": dict(sorted(classes.items()))}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
