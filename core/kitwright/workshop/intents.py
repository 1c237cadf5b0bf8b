"""Training and measuring a reader of intents, from a kit or from a file of labelled texts."""

import json
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kitwright.dataset import OUT_OF_SCOPE, IntentSample
from kitwright.encoder import embedded_encoder
from kitwright.errors import Fault, FaultsFound, UsageError
from kitwright.evaluation import evaluate_intents
from kitwright.kit import Kit
from kitwright.nlu import (
    EntityFinder,
    IntentModel,
    IntentSettings,
    NluData,
    NluParser,
    TuningSettings,
    train,
    training_pairs,
)
from kitwright.recipe import IntentsRecipe
from kitwright.types import ScrubbedText, Understanding

ABOUT: Final = "training.json"


@dataclass(frozen=True, slots=True)
class Trained:
    """What a training run gave."""

    intents: int
    utterances: int
    seconds: float


def train_intents(
    source: Kit | Sequence[tuple[str, str]], out: Path, tick: Callable[[int, int], None] = lambda _done, _of: None
) -> Trained:
    """Train on a kit's utterances by its recipe, or on pairs, and write the model into the folder `out`.

    Args:
        source: a kit, or pairs of text and label.
        out: made where it is not there.
        tick: told about every step of the tuning, and how many there are.

    Raises:
        FaultsFound: fewer than two intents, or an intent without a text.
        UsageError: the folder can not be written.
    """
    if isinstance(source, Kit):
        pairs, settings = training_pairs(source.nlu), _settings(source)
    else:
        pairs, settings = list(source), IntentSettings(tuning=TuningSettings())
    started = time.perf_counter()
    model = train(pairs, embedded_encoder(), settings, tick=tick)
    trained = Trained(len(model.labels), len(pairs), time.perf_counter() - started)
    try:
        out.mkdir(parents=True, exist_ok=True)
        model.save(out)
        (out / ABOUT).write_text(json.dumps({"train_seconds": round(trained.seconds, 2)}), encoding="utf-8")
    except OSError as error:
        problem = f"can not be written ({error.strerror or type(error).__name__})"
        raise UsageError(Fault(code="KW002", place=f"--out {out}", problem=problem)) from error
    return trained


def _settings(kit: Kit) -> IntentSettings:
    """As the kit's recipe of this kind says; a kit without one trains as files do."""
    recipes = [recipe for recipe in kit.recipes.values() if isinstance(recipe, IntentsRecipe)]
    if not recipes:
        return IntentSettings(tuning=TuningSettings())
    recipe = recipes[0]
    tuning = TuningSettings(
        layers=recipe.layers,
        rank=recipe.rank,
        learning_rate=recipe.learning_rate,
        epochs=recipe.epochs,
        batch_size=recipe.batch_size,
        seed=recipe.seed,
    )
    return IntentSettings(
        regularisation=recipe.regularisation,
        lexical=recipe.lexical,
        out_of_scope=recipe.out_of_scope,
        seed=recipe.seed,
        tuning=tuning if recipe.layers else None,
    )


def measure_intents(model: Path, samples: Sequence[IntentSample], tick: Callable[[], None]) -> dict[str, float | None]:
    """Figures on labelled texts; lines labelled `oos` are out of scope.

    Raises:
        FaultsFound: the folder holds no model, or nothing to test.
    """
    if not samples:
        raise FaultsFound(Fault(code="KW103", place="--data", problem="no samples"))
    parser = intent_parser(model)
    seen: list[tuple[IntentSample, Understanding]] = []
    times: list[float] = []

    def read(text: str) -> Understanding:
        started = time.perf_counter()
        understanding = parser.parse(ScrubbedText(text))
        times.append((time.perf_counter() - started) * 1000)
        seen.append((samples[len(seen)], understanding))
        tick()
        return understanding

    parser.parse(ScrubbedText("warm"))
    report = evaluate_intents(samples, read)
    threshold = IntentModel.load(model, encoder=embedded_encoder()).threshold
    return {
        "accuracy": report.metrics["accuracy"],
        "macro_f1": report.metrics["macro_f1"],
        "train_seconds": _train_seconds(model),
        "p50_ms": statistics.median(times),
        "p95_ms": statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0],
        "oos_auroc": report.metrics["oos_auroc"],
        "oos_recall_keep95": report.metrics["oos_recall_keep95"],
        "oos_recall": _share([u.in_scope < threshold for s, u in seen if s.label == OUT_OF_SCOPE]),
        "in_scope_kept": _share([u.in_scope >= threshold for s, u in seen if s.label != OUT_OF_SCOPE]),
    }


def intent_parser(model: Path) -> NluParser:
    """A parser with a saved model and no entities.

    Raises:
        FaultsFound: the folder holds no model.
    """
    encoder = embedded_encoder()
    return NluParser(encoder, IntentModel.load(model, encoder=encoder), EntityFinder(NluData()))


def _train_seconds(model: Path) -> float | None:
    try:
        return float(json.loads((model / ABOUT).read_text(encoding="utf-8"))["train_seconds"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
