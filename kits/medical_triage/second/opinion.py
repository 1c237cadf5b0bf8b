"""How much a message reads like an emergency: a logistic regression on the sentence encoder's vector of it.

It is learned from the kit's development cases and from the phrases of findings that are emergencies by themselves, and
raises the level where the knowledge base is not sure of something harmless.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from ..knowledge_base.base import KnowledgeBase
from ..knowledge_base.level import Level
from ..knowledge_base.rule import Holds

Floats = npt.NDArray[np.float32]
Encode = Callable[[list[str]], Floats]
FILE: Final = Path(__file__).parent / "weights.json"
RAISES: Final = 0.6
"""From this probability on, the level is raised to an emergency."""
_PHRASE_WEIGHT: Final = 0.3
_CASE_WEIGHT: Final = 2.0
_URGENT_WEIGHT: Final = 0.5
_STRENGTH: Final = 20.0
_BATCH: Final = 64
_LONGEST: Final = 45  # words


class SecondOpinion:
    """Reads messages as emergencies.

    Args:
        encode: texts to unit vectors, shape (texts, dimensions).
        weights: `coefficients` and `intercept`, as `learnt` gives them.
    """

    def __init__(self, encode: Encode, weights: Mapping[str, Any]) -> None:
        self._encode = encode
        self._coefficients = np.array(weights["coefficients"])
        self._intercept = float(weights["intercept"])

    def probability(self, text: str) -> float:
        """How likely it is that a message states an emergency; 0 of a long one, whose vector blurs what it tells."""
        if len(text.split()) > _LONGEST:
            return 0.0
        score = float(self._encode([text])[0] @ self._coefficients) + self._intercept
        return float(1 / (1 + np.exp(-score)))


def shipped_opinion(encode: Encode) -> SecondOpinion:
    """The second opinion with the weights that the kit ships."""
    return SecondOpinion(encode, json.loads(FILE.read_text(encoding="utf-8")))


def learnt(base: KnowledgeBase, cases: Sequence[Mapping[str, Any]], encode: Encode) -> dict[str, Any]:
    """Learn weights.

    Args:
        base: its findings' phrases are examples: of emergencies where a rule makes one of the finding alone.
        cases: with `text` and `level`.
        encode: texts to unit vectors.
    """
    examples = [*_phrases(base), *(_case(case) for case in cases)]
    texts = [text for text, _, _ in examples]
    vectors = np.concatenate([encode(texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH)])
    model = LogisticRegression(C=_STRENGTH, max_iter=2000)
    model.fit(vectors, [label for _, label, _ in examples], sample_weight=[weight for *_, weight in examples])
    return {
        "examples": len(examples),
        "emergencies": sum(label for _, label, _ in examples),
        "intercept": round(float(model.intercept_[0]), 5),
        "coefficients": [round(float(value), 5) for value in model.coef_[0]],
    }


def _phrases(base: KnowledgeBase) -> list[tuple[str, bool, float]]:
    """Phrases of symptoms and signs; what is urgent by itself is neither."""
    alone = _levels_alone(base)
    return [
        (phrase, alone.get(finding.id, Level.self_care) >= Level.emergency, _PHRASE_WEIGHT)
        for finding in base.findings.values()
        if finding.kind in {"symptom", "sign"} and alone.get(finding.id) is not Level.urgent
        for phrase in finding.phrases
    ]


def _levels_alone(base: KnowledgeBase) -> dict[str, Level]:
    """The level that a rule gives each finding by itself."""
    levels: dict[str, Level] = {}
    for rule in base.rules:
        if len(rule.when) == 1 and not rule.unless:
            for term in rule.when[0]:
                if isinstance(term, Holds) and not term.denied:
                    levels[term.finding] = max(levels.get(term.finding, Level.self_care), rule.level)
    return levels


def _case(case: Mapping[str, Any]) -> tuple[str, bool, float]:
    level = Level[case["level"]]
    return case["text"], level >= Level.emergency, _URGENT_WEIGHT if level is Level.urgent else _CASE_WEIGHT
