"""The intent model: two linear classifiers, on the sentence vector and on words, summed and calibrated.

Whether a message is in scope at all is read from its likeness to the nearest training utterance and from
the classifier's certainty, on a scale learned from held-out utterances; no out-of-scope examples are needed.
Files of a saved model: `model.json` (labels, words, settings) and `model.npz` (numbers; nothing is pickled).
"""

import json
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.errors import AdapterMismatch, Fault, FaultsFound
from kitwright.nlu.features import Lexicon
from kitwright.nlu.intent_settings import IntentSettings
from kitwright.protocols import Encoder
from kitwright.types import IntentScore, ScrubbedText

FORMAT: Final = "intents-2"
THRESHOLD: Final = 0.5

Array = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear classifier: weights (features, classes) and offsets (classes,), float32."""

    weights: Array
    offsets: Array


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learned from held-out utterances.

    Args:
        vector: factor on the scores of the sentence vector.
        lexical: factor on the scores of the words.
        low: familiarity that 95% of held-out utterances exceed.
        middle: their median familiarity.
    """

    vector: float
    lexical: float
    low: float
    middle: float


def familiarity(likeness: Array, certainty: Array) -> Array:
    """How much a message is like the training data: nearest cosine times the root of the best probability.

    The probability is the one before calibration, which is less sharp and tells strange messages apart better.
    """
    result: Array = np.maximum(likeness, 0.0) * np.sqrt(certainty)
    return result


def probabilities(scores: Array) -> Array:
    """Softmax over the last axis."""
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Array = exponents / exponents.sum(axis=-1, keepdims=True)
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentModel:
    """Gives a message calibrated intent probabilities and the probability that it is in scope.

    Args:
        encoder_id: encoder whose vectors it was trained on.
        labels: intents, sorted.
        known: vectors of the training utterances, shape (utterances, dimensions).
        lexicon: terms of the lexical part.
    """

    encoder_id: str
    settings: IntentSettings
    labels: tuple[str, ...]
    known: Array
    on_vector: Linear
    on_words: Linear
    lexicon: Lexicon
    calibration: Calibration

    @property
    def threshold(self) -> float:
        """Below this `in_scope`, a message is taken for out of scope; 95% of held-out utterances lie above."""
        return THRESHOLD

    def predict(self, text: ScrubbedText, vector: Array, *, top: int = 5) -> tuple[tuple[IntentScore, ...], float]:
        """The best intents, best first, and the probability that the message is in scope.

        Args:
            text: the message.
            vector: its sentence vector, shape (dimensions,).
            top: how many intents.
        """
        columns, weights = self.lexicon.vector(text)
        lexical = weights @ self.on_words.weights[columns] + self.on_words.offsets
        vectorial = vector @ self.on_vector.weights + self.on_vector.offsets
        chances = probabilities(self.calibration.vector * vectorial + self.calibration.lexical * lexical)
        best = np.argsort(-chances, kind="stable")[:top]
        likeness, certainty = np.max(self.known @ vector), np.max(probabilities(vectorial + lexical))
        scores = tuple(IntentScore(self.labels[n], float(chances[n])) for n in best)
        return scores, self._in_scope(float(familiarity(likeness, certainty)))

    def _in_scope(self, value: float) -> float:
        """One half at the value that 95% of held-out utterances exceed, 0.95 at their median."""
        if not self.settings.out_of_scope:
            return 1.0
        spread = max(self.calibration.middle - self.calibration.low, 1e-3)
        return float(1.0 / (1.0 + np.exp(np.clip(-3.0 * (value - self.calibration.low) / spread, -50, 50))))

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""
        about = {
            "format": FORMAT,
            "encoder": self.encoder_id,
            "settings": asdict(self.settings),
            "labels": self.labels,
            "calibration": asdict(self.calibration),
            "words": self.lexicon.words,
            "letters": self.lexicon.letters,
        }
        (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        np.savez(
            folder / "model.npz",
            known=self.known,
            vector_weights=self.on_vector.weights,
            vector_offsets=self.on_vector.offsets,
            word_weights=self.on_words.weights,
            word_offsets=self.on_words.offsets,
            idf=self.lexicon.idf,
        )

    @classmethod
    def load(cls, folder: Path, *, encoder: Encoder) -> "IntentModel":
        """Read a saved model.

        Raises:
            FaultsFound: the folder holds no model, or a damaged one.
            AdapterMismatch: it was trained on another encoder's vectors.
        """
        try:
            about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
            with np.load(folder / "model.npz", allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
            model = cls._assembled(about, arrays)
        except OSError as error:
            raise FaultsFound(Fault(code="KW101", place=str(folder), problem="no intent model is here")) from error
        except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            damaged = Fault(code="KW104", place=str(folder), problem="damaged intent model", hint="train it again")
            raise FaultsFound(damaged) from error
        if model.encoder_id != encoder.id:
            raise AdapterMismatch(_other_encoder(folder, model.encoder_id, encoder.id))
        return model

    @classmethod
    def _assembled(cls, about: dict[str, Any], arrays: dict[str, Array]) -> "IntentModel":
        if about["format"] != FORMAT:
            raise ValueError("another format")
        model = cls(
            encoder_id=about["encoder"],
            settings=IntentSettings(**about["settings"]),
            labels=tuple(about["labels"]),
            known=arrays["known"],
            on_vector=Linear(arrays["vector_weights"], arrays["vector_offsets"]),
            on_words=Linear(arrays["word_weights"], arrays["word_offsets"]),
            lexicon=Lexicon(about["words"], about["letters"], arrays["idf"]),
            calibration=Calibration(**about["calibration"]),
        )
        columns, classes = len(model.lexicon.words) + len(model.lexicon.letters), len(model.labels)
        shapes = model.on_vector.weights.shape, model.on_words.weights.shape, model.lexicon.idf.shape
        if shapes != ((model.known.shape[1], classes), (columns, classes), (columns,)):
            raise ValueError("shapes do not fit together")
        return model


def _other_encoder(folder: Path, trained: str, given: str) -> Fault:
    return Fault(
        code="KW304",
        place=str(folder),
        problem=f"the intent model was trained with the encoder {trained}",
        value=given,
        choices=(trained,),
        hint="train it again with this encoder",
    )
