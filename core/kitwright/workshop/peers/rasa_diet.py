"""Rasa's default DIET pipeline, trained and measured on files of labelled texts; run by a Python that has Rasa 3.6.

Usage: python rasa_diet.py TRAIN.jsonl TEST.jsonl; prints one line of JSON. Lines are {"text","label"}, the label `oos`
means out of scope.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any

OUT_OF_SCOPE = "oos"
# The pipeline that `rasa init` writes for English, without what answers or falls back.
CONFIG = """
recipe: default.v1
language: en
pipeline:
- name: WhitespaceTokenizer
- name: RegexFeaturizer
- name: LexicalSyntacticFeaturizer
- name: CountVectorsFeaturizer
- name: CountVectorsFeaturizer
  analyzer: char_wb
  min_ngram: 1
  max_ngram: 4
- name: DIETClassifier
  epochs: 100
  constrain_similarities: true
policies: []
"""


def main(train: Path, test: Path) -> None:
    """Train, measure, print."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
    warnings.filterwarnings("ignore")
    lines = [json.loads(line) for line in test.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "config.yml").write_text(CONFIG, encoding="utf-8")
        (work / "nlu.yml").write_text(_nlu(train), encoding="utf-8")
        from rasa.core.agent import Agent
        from rasa.model_training import train_nlu

        started = time.perf_counter()
        model = train_nlu(str(work / "config.yml"), str(work / "nlu.yml"), folder, fixed_model_name="peer")
        seconds = time.perf_counter() - started
        found = asyncio.run(_parsed(Agent.load(model), [line["text"] for line in lines]))
    figures = _figures([line["label"] for line in lines], found)
    sys.stdout.write(json.dumps({"train_seconds": seconds, **figures}) + "\n")


def _nlu(train: Path) -> str:
    by_intent: dict[str, list[str]] = {}
    for line in train.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        # Square brackets would be read as annotations.
        text = " ".join(record["text"].split()).replace("[", "(").replace("]", ")")
        by_intent.setdefault(record["label"], []).append(text)
    blocks = [
        f"- intent: {json.dumps(intent)}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
        for intent, texts in by_intent.items()
        if intent != OUT_OF_SCOPE
    ]
    return 'version: "3.1"\nnlu:\n' + "".join(blocks)


async def _parsed(agent: Any, texts: list[str]) -> list[tuple[str, float, float]]:
    """Best intent, its confidence and the milliseconds, for each text."""
    await agent.parse_message("warm")
    found = []
    for text in texts:
        started = time.perf_counter()
        parsed = await agent.parse_message(text)
        taken = (time.perf_counter() - started) * 1000
        found.append((parsed["intent"]["name"], parsed["intent"]["confidence"], taken))
    return found


def _figures(labels: list[str], found: list[tuple[str, float, float]]) -> dict[str, float]:
    inside = [
        (label, name, sure) for label, (name, sure, _) in zip(labels, found, strict=True) if label != OUT_OF_SCOPE
    ]
    strange = [sure for label, (_, sure, _) in zip(labels, found, strict=True) if label == OUT_OF_SCOPE]
    truth, guessed = [label for label, _, _ in inside], [name for _, name, _ in inside]
    from sklearn.metrics import accuracy_score, f1_score

    figures = {
        "accuracy": accuracy_score(truth, guessed),
        "macro_f1": f1_score(truth, guessed, average="macro"),
        "p50_ms": statistics.median(taken for _, _, taken in found),
    }
    if strange:
        import numpy

        threshold = numpy.quantile([sure for _, _, sure in inside], 0.05)
        figures["oos_recall_keep95"] = float(numpy.mean(numpy.asarray(strange) < threshold))
    return figures


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
