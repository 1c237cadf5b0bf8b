"""Grounding: passages that are not there, and figures, dates or links of an answer that its sources do not state."""

from collections.abc import Iterator
from typing import Final

from kitwright.dataset.finding import Finding, error
from kitwright.dataset.material import Material
from kitwright.dataset.sample import Sample

_UNSPOKEN: Final = ("email", "phone")  # kinds whose value may be somebody's


def references(material: Material) -> Iterator[Finding]:
    """Records that name a passage which the kit does not have."""
    if material.domain is None:
        return
    for sample in material.samples:
        unknown = [name for name in sample.passages if name not in material.domain.passages]
        if unknown:
            what = f"the kit has no passage {', '.join(repr(name[:60]) for name in unknown)}"
            yield error("unknown_reference", what, sample)


def ungrounded(material: Material) -> Iterator[Finding]:
    """Last answers with a fact that stands in neither the passages, the facts nor the conversation."""
    for sample in material.samples:
        sources = _sources(sample, material)
        if sources is None or sample.answer is None:
            continue
        loose = material.probes.unsupported(sample.answer, sources)
        if loose:
            named = sorted(f.kind if f.kind in _UNSPOKEN else f"{f.kind} {f.key}" for f in loose)
            what = f"no source of the answer states {', '.join(named)}"
            yield error("ungrounded", what, sample, excerpts=(sample.question, sample.answer))


def _sources(sample: Sample, material: Material) -> list[str] | None:
    """The texts an answer may take facts from; None where they are not known.

    Without a kit the texts of passages are not known; and a set that never names passages or facts does not
    say where its answers come from.
    """
    known = material.domain.passages if material.domain else {}
    if sample.shape == "text" or any(name not in known for name in sample.passages):
        return None
    if material.domain is None and not _states_sources(material):
        return None
    notes = [known[name] for name in sample.passages]
    return [*notes, sample.facts, *(said.content for said in sample.context)]


def _states_sources(material: Material) -> bool:
    return any(sample.passages or sample.facts for sample in material.samples)
