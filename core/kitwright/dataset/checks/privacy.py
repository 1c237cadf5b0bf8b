"""Personal data: values that the scrubber would hide; shown by label and masked, never as they stand."""

from collections.abc import Iterator
from typing import Final

from kitwright.dataset.finding import Finding, error, warning
from kitwright.dataset.material import Material
from kitwright.dataset.sample import Said

_CERTAIN: Final = frozenset(
    "EMAIL_ADDRESS PHONE_NUMBER CREDIT_CARD IBAN_CODE UK_NHS UK_NINO US_SSN UK_POSTCODE IP_ADDRESS "
    "STREET_ADDRESS".split()
)
"""Labels whose values have a form of their own; names, secrets and birthdays are told by the words around them."""


def personal_data(material: Material) -> Iterator[Finding]:
    """Messages, and facts that tools gave, with personal data as the recognisers find them today."""
    for sample in material.samples:
        facts = (Said("facts", sample.facts),) if sample.facts else ()
        for said in dict.fromkeys((*sample.messages, *facts)):
            labels = {span.label for span in material.probes.personal(said.content)}
            if labels:
                make = error if labels & _CERTAIN else warning
                what = f"{said.role}: {', '.join(sorted(labels))}"
                yield make("personal_data", what, sample, excerpts=(said.content,))
