"""Form: keys, ids, the order of roles, and the card beside a folder of records."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from kitwright.dataset.card import read_card
from kitwright.dataset.finding import Finding, error, warning
from kitwright.dataset.material import Material
from kitwright.dataset.sample import Sample
from kitwright.errors import FaultsFound


def keys(material: Material) -> Iterator[Finding]:
    """Keys that the record's shape does not know."""
    for sample in material.samples:
        if sample.extra:
            yield warning("unknown_key", f"unknown key {', '.join(sample.extra)}", sample)


def ids(material: Material) -> Iterator[Finding]:
    """Ids that several records have."""
    by_id: dict[str, list[Sample]] = {}
    for sample in material.samples:
        by_id.setdefault(sample.id, []).append(sample)
    for same in by_id.values():
        if len(same) > 1:
            yield error("id_twice", f"{len(same)} records have this id", *same)


def roles(material: Material) -> Iterator[Finding]:
    """Conversations whose roles are out of order."""
    for sample in material.samples:
        if problem := _problem(sample):
            yield error("roles", problem, sample, excerpts=(" / ".join(said.role for said in sample.messages),))


def _problem(sample: Sample) -> str | None:
    order = [said.role for said in sample.context]
    if sample.answer is not None:
        order.append("assistant")
    if "user" not in order:
        return "no message of the user"
    if sample.shape == "text":
        return None
    if "system" in order[1:]:
        return "a system message that is not the first"
    talk = [role for role in order if role not in ("system", "tool")]
    if talk[0] != "user":
        return "opens with the assistant"
    twice = next((one for one, other in pairwise(order) if one == other != "tool"), None)
    if twice:
        return f"two messages of the {twice} in a row"
    return None if talk[-1] == "assistant" and order[-1] == "assistant" else "does not end with the assistant"


def cards(material: Material) -> Iterator[Finding]:
    """Folders whose card is missing, malformed, or gives another number of records."""
    for folder, count in material.folders.items():
        path = folder / "README.md"
        if not path.is_file():
            yield _about(path, ["the folder has no card"])
            continue
        try:
            card = read_card(path, path.name)
        except FaultsFound as faults:
            yield _about(path, [f"{fault.place}: {fault.problem}" for fault in faults.faults])
            continue
        if card.size != count:
            yield _about(path, [f"the card gives a size of {card.size}; there are {count} records"])


def _about(path: Path, problems: Iterable[str]) -> Finding:
    place = f"{path.parent.name}/{path.name}"
    return Finding(kind="card", severity="warning", ids=(path.parent.name,), places=(place,), what="; ".join(problems))
