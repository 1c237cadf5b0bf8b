"""The benchmark of intents: what Rasa is given, what is counted, and what a wrong Python gets."""

import json
import sys
from pathlib import Path

import pytest
import yaml

from kitwright.errors import UsageError
from kitwright.workshop import bench_nlu
from kitwright.workshop.peers import rasa_diet

LEARN = [("track [my] order", "track"), ("where  is it\nnow", "track"), ("bye", "goodbye"), ("weather?", "oos")]


def lines(folder: Path) -> Path:
    path = folder / "train.jsonl"
    path.write_text("\n".join(json.dumps({"text": text, "label": label}) for text, label in LEARN) + "\n")
    return path


def test_rasa_reads_the_utterances_without_annotations_or_out_of_scope(tmp_path: Path) -> None:
    document = yaml.safe_load(rasa_diet._nlu(lines(tmp_path)))
    assert {block["intent"]: block["examples"] for block in document["nlu"]} == {
        "track": "- track (my) order\n- where is it now\n",
        "goodbye": "- bye\n",
    }
    assert yaml.safe_load(rasa_diet.CONFIG)["pipeline"][-1] == {
        "name": "DIETClassifier",
        "epochs": 100,
        "constrain_similarities": True,
    }


def test_rasas_answers_are_counted_as_ours_are() -> None:
    labels = ["a", "a", "b", "b", "oos", "oos"]
    found = [("a", 0.9, 1.0), ("b", 0.8, 2.0), ("b", 0.7, 3.0), ("b", 0.9, 9.0), ("a", 0.2, 9.0), ("b", 0.95, 9.0)]
    figures = rasa_diet._figures(labels, found)
    assert figures["accuracy"] == 0.75
    assert figures["macro_f1"] == pytest.approx((2 / 3 + 0.8) / 2)
    assert figures["oos_recall_keep95"] == 0.5
    assert figures["p50_ms"] == 6.0


def test_a_python_without_rasa_is_named() -> None:
    with pytest.raises(UsageError, match=r"KW002.*--rasa.*rasa==3.6.21"):
        bench_nlu._rasa(Path(sys.executable), [("a", "b")], [("a", "b")])
    with pytest.raises(UsageError, match="KW002"):
        bench_nlu._rasa(Path("/nowhere/python"), [("a", "b")], [("a", "b")])
