"""How well and how fast intents are read, beside what people use today, on the same files and machine.

Peers: the same encoder, frozen, with logistic regression; that plus TF-IDF features; and Rasa's default DIET pipeline
where a Python with Rasa is named.
"""

import json
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from kitwright.dataset import OUT_OF_SCOPE, IntentSample
from kitwright.encoder import embedded_encoder, with_slips
from kitwright.errors import Fault, UsageError
from kitwright.evaluation import evaluate_intents
from kitwright.kit import load_kit
from kitwright.nlu import EntityFinder, IntentSettings, NluData, NluParser, TuningSettings, train, training_pairs
from kitwright.types import ScrubbedText, Understanding
from kitwright.workshop.bench import Figure

Pairs = Sequence[tuple[str, str]]
OURS: Final = "ours"
_PEERS: Final = {
    "frozen encoder, logistic regression": IntentSettings(lexical=False),
    "frozen encoder and TF-IDF, logistic regression": IntentSettings(),
}
_DIET: Final = "Rasa, default DIET pipeline"
_SCRIPT: Final = Path(__file__).parent / "peers" / "rasa_diet.py"
_UNITS: Final = {"train_seconds": "s", "p50_ms": "ms"}


def bench_nlu(learn: Pairs, test: Pairs, *, rasa: Path | None, tick: Callable[[], None]) -> list[Figure]:
    """Train and measure every reader on the same texts.

    Args:
        learn: text and label.
        test: text and label; `oos` is out of scope.
        rasa: a Python that has Rasa 3.6, or None to leave it out.
        tick: called after each reader.

    Raises:
        FaultsFound: the texts can not be trained on.
        UsageError: Rasa can not be run by that Python.
    """
    embedded_encoder().encode([ScrubbedText("warm"), ScrubbedText("up")])
    settings = {OURS: IntentSettings(tuning=TuningSettings()), **_PEERS}
    found: dict[str, Mapping[str, float]] = {}
    for name, each in settings.items():
        found[name] = _measured(learn, test, each, noise=name == OURS)
        tick()
    if rasa is not None:
        found[_DIET] = _rasa(rasa, learn, test)
        tick()
    ours = found.pop(OURS)
    figures = [
        Figure(name, ours[name], _UNITS.get(name, ""), peer, theirs[name])
        for peer, theirs in found.items()
        for name in theirs
    ]
    return [*figures, Figure("accuracy with typing slips", ours["noisy"], "", "ours without", ours["accuracy"])]


def pairs_of_kit(name: str) -> tuple[Pairs, Pairs]:
    """A kit's utterances, and the samples of its intent evals.

    Raises:
        UsageError: there is no such kit.
        FaultsFound: what is wrong with its files.
    """
    kit = load_kit(name)
    samples = [sample for entry in kit.evals for sample in entry.samples if isinstance(sample, IntentSample)]
    return training_pairs(kit.nlu), [(sample.text, sample.label) for sample in samples]


def _measured(learn: Pairs, test: Pairs, settings: IntentSettings, *, noise: bool) -> dict[str, float]:
    encoder = embedded_encoder()
    started = time.perf_counter()
    model = train(learn, encoder, settings)
    figures = {"train_seconds": time.perf_counter() - started}
    parser = NluParser(encoder, model, EntityFinder(NluData()))
    samples = [IntentSample(id=str(n), text=text, label=label) for n, (text, label) in enumerate(test)]
    times: list[float] = []

    def read(text: str) -> Understanding:
        begun = time.perf_counter()
        understanding = parser.parse(ScrubbedText(text))
        times.append((time.perf_counter() - begun) * 1000)
        return understanding

    read("warm")
    metrics = evaluate_intents(samples, read).metrics
    figures |= {name: metrics[name] or 0.0 for name in ("accuracy", "macro_f1")}
    figures["p50_ms"] = statistics.median(times)
    if metrics["oos_recall_keep95"] is not None:
        figures["oos_recall_keep95"] = metrics["oos_recall_keep95"]
    if noise:
        figures["noisy"] = evaluate_intents(_noisy(samples), read).metrics["accuracy"] or 0.0
    return figures


def _noisy(samples: Sequence[IntentSample]) -> list[IntentSample]:
    """The samples in scope as typed in a hurry: a slip every 30 letters, some all in capitals, some all small."""
    rng = random.Random(0)
    spoiled = []
    for sample in samples:
        if sample.label == OUT_OF_SCOPE:
            continue
        text = with_slips(sample.text, rng, slips=1 + len(sample.text) // 30)
        text = rng.choice([text.lower(), text.upper(), text, text, text])
        spoiled.append(sample.model_copy(update={"text": text}))
    return spoiled


def _rasa(python: Path, learn: Pairs, test: Pairs) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("train.jsonl", "test.jsonl")]
        for file, pairs in zip(files, (learn, test), strict=True):
            lines = [json.dumps({"text": text, "label": label}) for text, label in pairs]
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        try:
            run = subprocess.run(  # noqa: S603 - who runs the benchmark names the Python
                [str(python), str(_SCRIPT), *map(str, files)], capture_output=True, text=True, check=False, cwd=folder
            )
            figures: dict[str, float] = json.loads(run.stdout.strip().rpartition("\n")[2])
        except (OSError, ValueError) as error:
            raise UsageError(
                Fault(
                    code="KW002",
                    place="--rasa",
                    problem=f"this Python can not run Rasa ({type(error).__name__})",
                    value=str(python),
                    hint="python3.10 -m venv rasa && rasa/bin/pip install rasa==3.6.21, then --rasa rasa/bin/python",
                )
            ) from error
    return figures
