"""Looking at a dataset before it leaves the house: who could be told apart by what they say over a whole conversation.

Every export of records goes through `anonymity_of`; a person is a conversation, whose records share a
`conversation_id`, or else one record.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, get_args

from kitwright.dataset import Sample, read_samples
from kitwright.errors import Fault, FaultsFound, UsageError
from kitwright.files import write_atomically
from kitwright.privacy import (
    Anonymity,
    Entities,
    K,
    PresidioScrubber,
    PrivacyPolicy,
    Quasi,
    anonymity,
    quasi_identifiers,
)
from kitwright.privacy.policy import Label

_PLACES: Final = frozenset(
    "AU_POSTCODE CA_POSTAL_CODE CITY DE_PLZ FR_POSTCODE IE_EIRCODE LOCATION UK_POSTCODE US_ZIP_CODE".split()
)


def anonymity_of(said: Mapping[str, str], *, k: int = K, done: Callable[[], None] = lambda: None) -> Anonymity:
    """How anonymous people are by what they say.

    Args:
        said: person to everything that they say; see `said_in`.
        k: people that a group has at least.
        done: called after each person.
    """
    everything = Entities(replace=get_args(Label), keep=())
    scrubber = PresidioScrubber(PrivacyPolicy(entities=everything))
    people: dict[str, frozenset[Quasi]] = {}
    for person, text in said.items():
        places = [text[span.start : span.end] for span in scrubber.find(text) if span.label in _PLACES]
        people[person] = quasi_identifiers(text, places=places)
        done()
    return anonymity(people, k=k)


def read_people(path: Path) -> Sequence[Sample]:
    """The records of a file.

    Raises:
        UsageError: it is not there.
        FaultsFound: lines are malformed; all of them are named.
    """
    readings = read_samples([path])
    if readings.findings:
        raise FaultsFound(
            Fault(code="KW113", place=found.places[0], problem=found.what, hint=found.hint)
            for found in readings.findings
        )
    return readings.samples


def drop_exposed(samples: Sequence[Sample], found: Anonymity, out: Path) -> int:
    """Write the records of people who do not stand in a small group; returns how many.

    Raises:
        UsageError: the file can not be written.
    """
    rest = [sample.raw for sample in samples if person_of(sample) not in found.exposed]
    try:
        write_atomically(out, "".join(f"{line}\n" for line in rest).encode())
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--drop {out}", problem=problem)) from error
    return len(rest)


def person_of(sample: Sample) -> str:
    """Whose record it is: its conversation, or else itself."""
    return str(sample.data.get("conversation_id") or sample.id)


def said_in(samples: Iterable[Sample]) -> dict[str, str]:
    """Person to what they say in all of their records; what the assistant says is left out."""
    said: dict[str, list[str]] = defaultdict(list)
    for sample in samples:
        said[person_of(sample)].append(sample.question)
    return {person: "\n".join(texts) for person, texts in said.items()}


def export_warning(said: Mapping[str, str]) -> str | None:
    """What to say about an export of records in which people could be told apart; None where they could not."""
    found = anonymity_of(said)
    return None if found.ok else f"{found.line()}; `kitwright privacy kanon FILE` names them and what to do"
