"""A finding: one thing that is wrong with records, how bad it is, where, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kitwright.dataset.sample import Sample

Severity = Literal["error", "warning"]

HINTS: Final[dict[str, str]] = {
    "malformed": "mend the line; known shapes: messages, prompt+completion, prompt+chosen+rejected, text+label",
    "unknown_key": "take the key out, or put its value into tags",
    "id_twice": "give each record an id of its own",
    "roles": "an optional system message, then user and assistant in turn, the assistant last",
    "empty": "write the message, or take the record out",
    "over_long": "shorten it, or split the conversation into two records",
    "exact_duplicate": "keep one of them",
    "near_duplicate": "keep the better one, or make them differ in what they ask",
    "leakage": "move both into one split; `kitwright data split` keeps such records together",
    "leakage_into_eval": "take the record out of the training data",
    "contradiction": "find out which answer is right and mend the other",
    "mislabelled": "read it again; change the label, or reword the text",
    "imbalance": "write more of the small classes, or merge them",
    "personal_data": "replace it by a placeholder: `kitwright scrub`",
    "off_domain": "take it out, or tag it off_topic if it is meant",
    "ungrounded": "name the passage that states it, or take it out of the answer",
    "unknown_reference": "mend the id; `kitwright kit show` tells which passages there are",
    "control_tokens": "take it out: it is a sign between messages, not text",
    "encoding": "save the source as UTF-8 and convert it again",
    "boilerplate": "write what this assistant would say",
    "truncated": "finish the sentence",
    "repeated_answer": "answer each question, or keep a few of these records",
    "repetition": "say it once",
    "language": "translate it, or take it out",
    "card": "README.md beside the records says what they are; see those of the shipped datasets",
    "same_prompt_and_completion": "write an answer",
    "chosen_equals_rejected": "a pair must differ; take it out",
}
"""Kind of finding to what to do about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong.

    Args:
        kind: key of `HINTS`.
        severity: an error spoils training or its figures; a warning is for a person to look at.
        ids: the records; empty where a whole file or set is meant.
        places: file and line of each.
        what: one clause; holds nothing that a person wrote.
        excerpts: the texts it is about, one for each record.
    """

    kind: str
    severity: Severity
    ids: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    what: str
    excerpts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in HINTS:
            raise ValueError(f"unknown kind of finding {self.kind}")

    @property
    def hint(self) -> str:
        """What to do about it."""
        return HINTS[self.kind]

    def as_dict(self) -> dict[str, object]:
        """The finding for `--json`."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "ids": list(self.ids),
            "places": list(self.places),
            "what": self.what,
            "hint": self.hint,
            "excerpts": list(self.excerpts),
        }


def error(kind: str, what: str, *samples: Sample, excerpts: Sequence[str] = ()) -> Finding:
    """An error about these records."""
    return _finding(kind, "error", what, samples, excerpts)


def warning(kind: str, what: str, *samples: Sample, excerpts: Sequence[str] = ()) -> Finding:
    """A warning about these records."""
    return _finding(kind, "warning", what, samples, excerpts)


def by_role(kind: str, role: str, what: str, sample: Sample, excerpt: str) -> Finding:
    """An error where the assistant says it, which is learned; a warning where others do."""
    make = error if role == "assistant" else warning
    return make(kind, f"{role}: {what}", sample, excerpts=(excerpt,))


def _finding(kind: str, severity: Severity, what: str, samples: Sequence[Sample], excerpts: Sequence[str]) -> Finding:
    ids, places = tuple(sample.id for sample in samples), tuple(sample.place for sample in samples)
    return Finding(kind=kind, severity=severity, ids=ids, places=places, what=what, excerpts=tuple(excerpts))
