"""How an intent model is trained."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentSettings:
    """Settings of the intent model; they are part of its cache key.

    Args:
        regularisation: inverse strength, scikit-learn's `C`.
        lexical: whether words and letter n-grams count beside the sentence vector.
        out_of_scope: whether it learns to say that a message is not the bot's business.
        seed: of the folds that calibration is learned on.
    """

    regularisation: float = 10.0
    lexical: bool = True
    out_of_scope: bool = True
    seed: int = 0
