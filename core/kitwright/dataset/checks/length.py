"""Length: messages that say nothing, records that are cut in training, answers far longer than all others."""

import statistics
from collections.abc import Iterator
from typing import Final

from kitwright.dataset.finding import Finding, by_role, error, warning
from kitwright.dataset.material import Material

_TOKENS_PER_MESSAGE: Final = 5  # start, role, line ends and end of a message in ChatML
_FEWEST: Final = 20  # answers; fewer have no usual length
_LONG: Final = 80  # words; no answer of fewer is long
_TIMES: Final = 4  # the 95th percentile


def empty(material: Material) -> Iterator[Finding]:
    """Messages without a letter or figure; signs alone may be what a person sends, but are no answer."""
    for sample in material.samples:
        for said in sample.messages:
            if not said.content.strip():
                yield error("empty", f"{said.role}: the message is blank", sample)
            elif not any(sign.isalnum() for sign in said.content) and said.content.isascii():
                yield by_role("empty", said.role, "the message holds signs only", sample, said.content)


def over_long(material: Material) -> Iterator[Finding]:
    """Records over the limit of tokens, and answers absurdly long beside the others."""
    for sample in material.samples:
        tokens = sum(material.probes.count(said.content) + _TOKENS_PER_MESSAGE for said in sample.messages)
        if tokens > material.max_tokens:
            what = f"about {tokens} tokens; training cuts after {material.max_tokens}"
            yield error("over_long", what, sample, excerpts=(sample.question,))
    limit = _usual_limit(material)
    for sample in material.samples:
        longest = max(sample.answers, key=lambda text: len(text.split()), default="")
        if limit and len(longest.split()) > limit:
            what = f"an answer of {len(longest.split())} words; nearly all others have at most {limit // _TIMES}"
            yield warning("over_long", what, sample, excerpts=(longest,))


def _usual_limit(material: Material) -> int | None:
    lengths = [len(answer.split()) for sample in material.samples for answer in sample.answers]
    if len(lengths) < _FEWEST:
        return None
    return max(_LONG, _TIMES * round(statistics.quantiles(lengths, n=20)[-1]))
