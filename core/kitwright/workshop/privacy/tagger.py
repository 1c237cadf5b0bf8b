"""Training the tagger of personal data, and measuring what the whole scrubber finds in marked sentences."""

import random
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from kitwright.encoder import embedded_encoder
from kitwright.errors import Fault, UsageError
from kitwright.files import content_hash, origin, read_text, read_yaml
from kitwright.kit import Kit, find_kits, load_kit
from kitwright.kit.finding import shipped
from kitwright.nlu.placeholders import PERSONAL
from kitwright.privacy import PresidioScrubber, PrivacyPolicy, taggers
from kitwright.privacy.tagger import Marked, read_marked, tagger_recogniser
from kitwright.privacy.tagger.examples import examples, plain_examples, read_templates
from kitwright.privacy.tagger.lexicon import Lexicon
from kitwright.privacy.tagger.lists import Lists
from kitwright.privacy.tagger.training import PiiSettings, train_tagger
from kitwright.recipe import PiiRecipe, read_recipe
from kitwright.types import Span
from kitwright.workshop.privacy.scores import counted, figures, missed_by_label

RECIPE: Final = Path(__file__).parents[2] / "privacy" / "tagger" / "pii.yaml"
_HELD_OUT: Final = 1200
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_RESAMPLED: Final = 400

Tick = Callable[[int, int, float], None]


def train_pii(out: Path, *, recipe: Path = RECIPE, tick: Tick = lambda _done, _of, _loss: None) -> Mapping[str, Any]:
    """Train the tagger by its recipe and write it into the folder `out`; what it was trained from.

    Raises:
        FaultsFound: a file of the recipe or of the training data is malformed.
        UsageError: the folder can not be written.
    """
    found = read_recipe(read_yaml(recipe))
    if not isinstance(found, PiiRecipe):
        raise UsageError(
            Fault(code="KW106", place=str(recipe), problem="is a recipe of another kind", value=found.kind)
        )
    started, data = time.perf_counter(), shipped("training_data") / "privacy"
    templates, lists = read_templates(data / "templates", seed=found.seed), Lists(data / "lists", seed=found.seed)
    settings = _settings(found)
    learned = [*examples(templates.learned, lists, count=found.examples, seed=found.seed + 1), *_plain(found)]
    random.Random(found.seed).shuffle(learned)
    held_out = examples(templates.held_out, lists, count=_HELD_OUT, seed=found.seed + 2)
    about = {
        "encoder": embedded_encoder().id,
        "recipe": found.hash,
        "data": data_hash(found),
        "examples": len(learned),
        **origin(),
    }
    tagger = train_tagger(learned, held_out, settings, lexicon=Lexicon.of_lists(lists), origin=about, tick=tick)
    try:
        out.mkdir(parents=True, exist_ok=True)
        tagger.save(out)
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--out {out}", problem=problem)) from error
    return {**about, "seconds": round(time.perf_counter() - started, 1)}


def _settings(recipe: PiiRecipe) -> PiiSettings:
    shared = PiiSettings.__dataclass_fields__.keys() & PiiRecipe.model_fields.keys()
    return PiiSettings(**{name: getattr(recipe, name) for name in shared})


def _plain(recipe: PiiRecipe) -> list[Marked]:
    """Texts of the shipped kits that hold nothing personal."""
    texts = sorted({text for name in find_kits() for text in _texts(load_kit(name))})
    chosen = random.Random(recipe.seed).sample(texts, min(recipe.plain, len(texts)))
    return plain_examples(chosen, seed=recipe.seed)


def _texts(kit: Kit) -> Iterator[str]:
    find = PresidioScrubber(kit.privacy).find
    for example in kit.nlu.examples:
        if PERSONAL.isdisjoint(entity.name for entity in example.entities) and not find(example.text):
            yield example.text
    for passage in kit.passages:
        yield from (each for each in _SENTENCE.split(passage.text) if not find(each))


def data_hash(recipe: PiiRecipe) -> str:
    """Of the templates and lists; names by Faker and texts of kits are not counted, since they change by themselves."""
    folder = shipped("training_data") / "privacy"
    return content_hash(*(read_text(path) for part in recipe.data for path in sorted((folder / part).glob("*.txt"))))


@dataclass(frozen=True, slots=True)
class Measured:
    """What was found in the sentences of one file, or of all.

    Args:
        name: of the file; `all` for all of them.
        sentences: how many.
        figures: by name, each as value, low and high.
        missed: label to how many entities there are, and how many of them were missed.
    """

    name: str
    sentences: int
    figures: Mapping[str, tuple[float, float, float]]
    missed: Mapping[str, tuple[int, int]]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def evaluate_pii(
    files: Sequence[Path] = (),
    *,
    model: Path | None = None,
    tagger: bool = True,
    policy: PrivacyPolicy | None = None,
    tick: Callable[[], None] = lambda: None,
) -> list[Measured]:
    """What the scrubber finds in marked sentences, file by file and over all.

    Args:
        files: of marked sentences; the project's own evaluation set by default.
        model: folder of a tagger instead of the shipped one.
        tagger: whether it is used at all.
        policy: instead of the default one.
        tick: called after every sentence.

    Raises:
        FaultsFound: a file can not be read, or marks are malformed.
    """
    own = sorted((shipped("training_data") / "privacy" / "evaluation").glob("*.txt"))
    chosen = (tagger_recogniser(embedded_encoder(), model),) if model else taggers()
    scrubber = PresidioScrubber(policy, recognisers=chosen if tagger else ())

    def find(text: str) -> Sequence[Span]:
        tick()
        return scrubber.find(text)

    marked = {path.stem: read_marked(path) for path in (files or own)}
    found = {name: [find(each.text) for each in entries] for name, entries in marked.items()}
    whole, of_whole = [*chain(*marked.values())], [*chain(*found.values())]
    return [*(_measured(name, marked[name], found[name]) for name in marked), _measured("all", whole, of_whole)]


def _measured(name: str, marked: Sequence[Marked], found: Sequence[Sequence[Span]]) -> Measured:
    import numpy as np

    counts = [counted(*pair) for pair in zip(marked, found, strict=True)]
    rng = np.random.default_rng(0)
    drawn = [figures([counts[n] for n in rng.integers(0, len(counts), len(counts))]) for _ in range(_RESAMPLED)]
    shares = {}
    for figure, value in figures(counts).items():
        if value is not None:
            low, high = np.quantile([each[figure] or 0.0 for each in drawn], [0.025, 0.975])
            shares[figure] = (value, float(low), float(high))
    return Measured(name, len(counts), shares, missed_by_label(marked, found))
