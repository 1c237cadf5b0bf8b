"""Off domain: records whose question is far from the kit's passages and utterances, or from the rest of the set."""

from collections.abc import Iterator
from typing import Final

from kitwright.dataset.finding import Finding, warning
from kitwright.dataset.material import Material
from kitwright.dataset.neighbours import nearness
from kitwright.dataset.wording import content

EXPECTED: Final = frozenset(
    "off_topic injection smalltalk gibberish insult threat rude medical legal oos out_of_scope chitchat".split()
)
"""Tags and labels of records that are meant to be elsewhere."""
_NEIGHBOURS: Final = 3
_FEWEST: Final = 20  # records; fewer have no centre
_ENOUGH: Final = 500  # sentences and utterances of a kit; fewer do not say all that belongs to it
_SPREADS: Final = 3.5  # scaled median absolute deviations below the median
_BASE: Final = 0.17  # cosine; below that two texts have nothing in common, however wide the set
_CEILING: Final = 0.42  # cosine; nearer than that is near enough, however narrow the set


def off_domain(material: Material) -> Iterator[Finding]:
    """Records whose nearest neighbours are far, by a threshold that a few outliers do not move."""
    import numpy as np

    if len(material.samples) < _FEWEST:
        return
    near = nearness(material.vectors, material.vectors, count=_NEIGHBOURS, itself=True)
    reference = material.domain_vectors
    if reference is not None:
        of_kit = nearness(material.vectors, reference, count=_NEIGHBOURS, itself=False)
        near = of_kit if len(reference) >= _ENOUGH else np.maximum(near, of_kit)
    middle = float(np.median(near))
    spread = 1.4826 * float(np.median(np.abs(near - middle)))
    limit = max(_BASE, min(_CEILING, middle - _SPREADS * spread))
    for sample, value in zip(material.samples, near, strict=True):
        is_meant = EXPECTED & {*sample.tags, sample.group}
        if value < limit and not is_meant and len(content(sample.question)) >= 2:
            what = f"far from {'the kit' if reference is not None else 'the other records'} (cosine {value:.2f})"
            yield warning("off_domain", what, sample, excerpts=(sample.question,))
