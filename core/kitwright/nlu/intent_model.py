"""The intent model: classifiers on the sentence vector, on words and on the tuned vector, summed and calibrated.

Whether a message is in scope at all is read from its likeness to the nearest training utterance and from
the classifier's certainty, on a scale learned from held-out utterances; no out-of-scope examples are needed.
Files of a saved model: `model.json` (labels, words, settings), `model.npz` (numbers; nothing is pickled), and the
encoder's adapter as PEFT has it where the encoder was tuned.
"""

import json
import zipfile
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from kitwright.encoder import EncoderAdapter, reading, vocabulary
from kitwright.errors import AdapterMismatch, Fault, FaultsFound
from kitwright.nlu.features import Lexicon
from kitwright.nlu.intent_settings import IntentSettings, TuningSettings
from kitwright.nlu.spelling import Spelling
from kitwright.protocols import Encoder
from kitwright.types import IntentScore, ScrubbedText

FORMAT: Final = "intents-5"
THRESHOLD: Final = 0.5
SCALE: Final = 20.0
"""Factor on the cosines between a tuned vector and the intents."""
_NEIGHBOURS: Final = 5
_SOFTENED: Final = 0.3
_POWER: Final = 0.4

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
        tuned: factor on the scores of the tuned vector.
        low: familiarity that 95% of held-out utterances exceed.
        middle: their median familiarity.
    """

    vector: float
    lexical: float
    tuned: float
    low: float
    middle: float


def likeness(known: Array, vectors: Array, classes: int) -> Array:
    """Mean cosine of the nearest training utterances, for vectors of shape (..., dimensions).

    Five of them, or a fifth of what a class has on average where that is less, so that they can be of one class.
    """
    import torch

    # Not numpy's product: its threads and those of the encoder would take turns on the same cores, at twice the time.
    with reading():
        near = (torch.from_numpy(vectors) @ torch.from_numpy(known).T).numpy()
    count = max(1, min(_NEIGHBOURS, len(known) // (_NEIGHBOURS * classes)))
    result: Array = np.maximum(np.partition(near, -count, axis=-1)[..., -count:].mean(axis=-1), 0.0)
    return result


def familiarity(like: Array, scores: Array) -> Array:
    """How much a message is like the training data: likeness times a power of the best probability, softened.

    Likeness tells what is far out of scope, the classifiers' doubt what is near. Of 37 such measures this one was best
    on a shop's messages and, within two points, on CLINC150; the tuned encoder, which pulls everything towards some
    intent, made it better there and worse here.

    Args:
        like: what `likeness` gives, shape (...).
        scores: of the classifiers on vector and words, added up, shape (..., classes).
    """
    certainty = probabilities(_SOFTENED * scores).max(axis=-1)
    result: Array = like * certainty**_POWER
    return result


def probabilities(scores: Array) -> Array:
    """Softmax over the last axis."""
    exponents = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Array = exponents / exponents.sum(axis=-1, keepdims=True)
    return result


@dataclass(frozen=True, slots=True, eq=False)
class Tuned:
    """What the tuned encoder brings.

    Args:
        adapter: of the encoder.
        head: unit vectors of the intents, float32, shape (classes, dimensions).
    """

    adapter: EncoderAdapter
    head: Array

    def scores(self, vectors: Array) -> Array:
        """Scores of the intents for tuned vectors, shape (..., classes)."""
        found: Array = SCALE * vectors @ self.head.T
        return found


@dataclass(frozen=True, kw_only=True)
class IntentModel:
    """Gives a message calibrated intent probabilities and the probability that it is in scope.

    Args:
        encoder_id: encoder whose vectors it was trained on.
        labels: intents, sorted.
        known: vectors of the training utterances, shape (utterances, dimensions).
        lexicon: terms of the lexical part.
        tuned: what the tuned encoder brings, if it was tuned.
        data: hash of the utterances and settings it was trained with.
    """

    encoder_id: str
    settings: IntentSettings
    labels: tuple[str, ...]
    known: Array
    on_vector: Linear
    on_words: Linear
    lexicon: Lexicon
    calibration: Calibration
    tuned: Tuned | None = None
    data: str = ""

    @cached_property
    def spelling(self) -> Spelling:
        """Corrects messages before they are read."""
        return Spelling(self.lexicon.frequent(), vocabulary())

    @property
    def threshold(self) -> float:
        """Below this `in_scope`, a message is taken for out of scope; 95% of held-out utterances lie above."""
        return THRESHOLD

    def predict(
        self, text: ScrubbedText, vector: Array, tuned: Array | None = None, *, top: int = 5
    ) -> tuple[tuple[IntentScore, ...], float]:
        """The best intents, best first, and the probability that the message is in scope.

        Args:
            text: the message, corrected by `spelling`.
            vector: its sentence vector, shape (dimensions,).
            tuned: its vector by the tuned encoder, where the model has one.
            top: how many intents.
        """
        columns, weights = self.lexicon.vector(text)
        lexical = weights @ self.on_words.weights[columns] + self.on_words.offsets
        vectorial = vector @ self.on_vector.weights + self.on_vector.offsets
        scores = self.calibration.vector * vectorial + self.calibration.lexical * lexical
        if self.tuned is not None and tuned is not None:
            scores = scores + self.calibration.tuned * self.tuned.scores(tuned)
        chances, familiar = probabilities(scores), self._familiarity(vector, vectorial + lexical)
        best = np.argsort(-chances, kind="stable")[:top]
        found = tuple(IntentScore(self.labels[n], float(chances[n])) for n in best)
        return found, self._in_scope(float(familiar))

    def _familiarity(self, vector: Array, scores: Array) -> Array:
        return familiarity(likeness(self.known, vector, len(self.labels)), scores)

    def _in_scope(self, value: float) -> float:
        """One half at the value that 95% of held-out utterances exceed, 0.95 at their median."""
        if not self.settings.out_of_scope:
            return 1.0
        spread = max(self.calibration.middle - self.calibration.low, 1e-3)
        return float(1.0 / (1.0 + np.exp(np.clip(-3.0 * (value - self.calibration.low) / spread, -50, 50))))

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder; numbers in half precision."""
        about = {
            "format": FORMAT,
            "encoder": self.encoder_id,
            "data": self.data,
            "settings": asdict(self.settings),
            "labels": self.labels,
            "calibration": asdict(self.calibration),
            "words": self.lexicon.words,
            "letters": self.lexicon.letters,
        }
        (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
        arrays = {
            "known": self.known,
            "vector_weights": self.on_vector.weights,
            "vector_offsets": self.on_vector.offsets,
            "word_weights": self.on_words.weights,
            "word_offsets": self.on_words.offsets,
            "idf": self.lexicon.idf,
        }
        if self.tuned is not None:
            self.tuned.adapter.save(folder)
            arrays["tuned_head"] = self.tuned.head
        halves = {name: array.astype(np.float16) for name, array in arrays.items()}
        np.savez_compressed(folder / "model.npz", **halves)  # type: ignore[arg-type]

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
                arrays = {name: file[name].astype(np.float32) for name in file.files}
            model = cls._assembled(about, arrays, folder)
        except OSError as error:
            raise FaultsFound(Fault(code="KW101", place=str(folder), problem="no intent model is here")) from error
        except (ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
            damaged = Fault(code="KW104", place=str(folder), problem="damaged intent model", hint="train it again")
            raise FaultsFound(damaged) from error
        if model.encoder_id != encoder.id:
            raise AdapterMismatch(_other_encoder(folder, model.encoder_id, encoder.id))
        return model

    @classmethod
    def _assembled(cls, about: dict[str, Any], arrays: dict[str, Array], folder: Path) -> "IntentModel":
        if about["format"] != FORMAT:
            raise ValueError("another format")
        tuning = about["settings"].pop("tuning")
        head = arrays.get("tuned_head")
        model = cls(
            encoder_id=about["encoder"],
            data=about["data"],
            settings=IntentSettings(**about["settings"], tuning=TuningSettings(**tuning) if tuning else None),
            labels=tuple(about["labels"]),
            known=arrays["known"],
            on_vector=Linear(arrays["vector_weights"], arrays["vector_offsets"]),
            on_words=Linear(arrays["word_weights"], arrays["word_offsets"]),
            lexicon=Lexicon(about["words"], about["letters"], arrays["idf"]),
            calibration=Calibration(**about["calibration"]),
            tuned=None if head is None else Tuned(EncoderAdapter.load(folder), head),
        )
        columns, classes = len(model.lexicon.words) + len(model.lexicon.letters), len(model.labels)
        shapes = model.on_vector.weights.shape, model.on_words.weights.shape, model.lexicon.idf.shape
        expected = ((model.known.shape[1], classes), (columns, classes), (columns,))
        if shapes != expected or (model.tuned and len(model.tuned.head) != classes):
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
