"""How an intent model is trained."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class TuningSettings:
    """How the encoder is tuned for the intents.

    Args:
        layers: how many of the upper layers get an adapter.
        rank: of the adapter.
        learning_rate: its peak.
        epochs: passes over the utterances; over more than 1,000, fewer.
        batch_size: utterances a step, each seen twice.
        seed: of every random choice.
    """

    layers: int = 3
    rank: int = 16
    learning_rate: float = 2e-3
    epochs: float = 8.0
    batch_size: int = 32
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentSettings:
    """Settings of the intent model; they are part of its cache key.

    Args:
        regularisation: inverse strength, scikit-learn's `C`.
        lexical: whether words and letter n-grams count beside the sentence vector.
        out_of_scope: whether it learns to say that a message is not the bot's business.
        seed: of the folds that calibration is learned on.
        tuning: of the encoder; None leaves it as it is.
    """

    regularisation: float = 10.0
    lexical: bool = True
    out_of_scope: bool = True
    seed: int = 0
    tuning: TuningSettings | None = field(default=None)
