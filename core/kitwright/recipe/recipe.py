"""A recipe's fields, flat, one model per kind; the file says what it trains, from what, and how."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from kitwright.errors import Fault, FaultsFound
from kitwright.files import YamlDocument, closest, content_hash, validate


class _Recipe(BaseModel):
    """What all recipes have.

    Args:
        name: unique in the kit.
        trains: one sentence that says what comes out.
        base: `embedded`, or a Hugging Face id.
        data: files, relative to the kit's folder or to its training data.
        seed: of every random choice.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(min_length=1)
    trains: str = Field(min_length=1)
    base: str = "embedded"
    data: Annotated[tuple[str, ...], Field(min_length=1)]
    seed: int = Field(default=0, ge=0)

    @property
    def hash(self) -> str:
        """Hash of every field; an adapter is bound to it."""
        return content_hash(self.model_dump_json())


class IntentsRecipe(_Recipe):
    """A reader of intents: a LoRA adapter on the sentence encoder, and classifiers over its vectors and over words.

    Args:
        layers: how many of the encoder's upper layers are tuned; 0 leaves it as it is, and training takes seconds.
        rank: of the update matrices.
        learning_rate: peak of the schedule.
        epochs: passes over the utterances; over more than 1,000, fewer.
        batch_size: utterances a step.
        regularisation: of the classifiers, inverse strength, scikit-learn's `C`.
        lexical: whether words count beside the vectors.
        out_of_scope: whether it learns to say that a message is not the bot's business.
    """

    kind: Literal["intents"]
    layers: int = Field(default=3, ge=0, le=6)
    rank: int = Field(default=16, ge=1, le=256)
    learning_rate: float = Field(default=2e-3, gt=0, le=1)
    epochs: float = Field(default=8.0, gt=0, le=1000)
    batch_size: int = Field(default=32, ge=2)
    regularisation: float = Field(default=10.0, gt=0, allow_inf_nan=False)
    lexical: bool = True
    out_of_scope: bool = True


class SftRecipe(_Recipe):
    """A LoRA adapter, learned from conversations by supervised fine-tuning.

    Args:
        rank: of the update matrices.
        alpha: scale; the update counts alpha / rank.
        dropout: share of the adapter's inputs left out while training.
        targets: names of the adapted layers, or `all-linear`.
        first_layer: the decoder layer from which on the model is adapted; layers below need no backward pass.
        learning_rate: peak of the schedule.
        schedule: of the learning rate after the warm-up.
        warmup: share of the steps in which the learning rate rises.
        epochs: passes over the data.
        batch_size: conversations per step, over all processes.
        max_length: tokens; longer conversations are refused, not cut.
        packing: several conversations in one sequence, apart for attention. It fills a GPU; on a CPU one
            conversation after another is as quick, since nothing is padded then.
        validation: share of every topic that is held out, 0 to 0.5.
        evaluations: how often the held-out loss is measured in a run.
        patience: evaluations without a better held-out loss after which training ends.
        checkpoint_steps: steps between two checkpoints, from which a killed run goes on.
        curve: numbers of conversations after which a copy of the adapter is kept, for the learning curve.
        quantised: `auto` loads the base model in 4 bits (QLoRA) where a GPU and bitsandbytes are at hand; `always`
            asks for bitsandbytes, which knows CPUs too: a quarter of the memory, and slower.
    """

    kind: Literal["sft"]
    rank: int = Field(default=16, ge=1, le=512)
    alpha: float = Field(default=32.0, gt=0, allow_inf_nan=False)
    dropout: float = Field(default=0.0, ge=0, lt=1)
    targets: tuple[str, ...] | Literal["all-linear"] = "all-linear"
    first_layer: int = Field(default=0, ge=0)
    learning_rate: float = Field(default=2e-4, gt=0, le=1)
    schedule: Literal["constant", "linear", "cosine"] = "cosine"
    warmup: float = Field(default=0.05, ge=0, le=0.5)
    epochs: float = Field(default=3.0, gt=0, le=1000)
    batch_size: int = Field(default=8, ge=1)
    max_length: int = Field(default=1024, ge=16)
    packing: bool = False
    validation: float = Field(default=0.05, ge=0, le=0.5)
    evaluations: int = Field(default=5, ge=1)
    patience: int = Field(default=2, ge=1)
    checkpoint_steps: int = Field(default=10, ge=1)
    curve: tuple[Annotated[int, Field(ge=1)], ...] = ()
    quantised: Literal["auto", "always", "never"] = "auto"


class PiiRecipe(_Recipe):
    """The tagger of personal data: a LoRA adapter on the sentence encoder, and a head for the tags of words.

    Args:
        layers: how many of the encoder's upper layers are tuned.
        rank: of the update matrices.
        learning_rate: peak of the adapter's schedule.
        head_rate: peak of the head's.
        examples: how many are filled in from the templates.
        plain: how many texts of kits, which hold nothing personal, are added.
        epochs: passes over the examples.
        batch_size: examples a step.
        caution: taken from the score of "nothing personal"; more finds more, and touches more.
    """

    kind: Literal["pii"]
    layers: int = Field(default=6, ge=1, le=6)
    rank: int = Field(default=16, ge=1, le=256)
    learning_rate: float = Field(default=1e-3, gt=0, le=1)
    head_rate: float = Field(default=3e-3, gt=0, le=1)
    examples: int = Field(default=24_000, ge=1)
    plain: int = Field(default=2000, ge=0)
    epochs: float = Field(default=1.0, gt=0, le=1000)
    batch_size: int = Field(default=32, ge=2)
    caution: float = Field(default=1.0, ge=-10, le=10)


AnyRecipe = IntentsRecipe | PiiRecipe | SftRecipe
Recipe = Annotated[AnyRecipe, Field(discriminator="kind")]
KINDS: Final[Mapping[str, type[AnyRecipe]]] = {"intents": IntentsRecipe, "pii": PiiRecipe, "sft": SftRecipe}


def read_recipe(document: YamlDocument) -> AnyRecipe:
    """The recipe of one file.

    Raises:
        FaultsFound: no such kind, unknown keys, values out of range; all at once.
    """
    kind = document.data.get("kind") if isinstance(document.data, dict) else None
    if not isinstance(kind, str) or kind not in KINDS:
        problem = "is missing" if kind is None else "no such kind of recipe"
        raise FaultsFound(
            Fault(
                code="KW106",
                place=document.place("kind"),
                problem=problem,
                value=None if kind is None else str(kind),
                choices=tuple(KINDS),
                hint=closest(str(kind), KINDS) if kind is not None else None,
            )
        )
    return validate(KINDS[kind], document)
