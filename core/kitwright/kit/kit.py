"""A loaded kit: everything its files hold, checked and ready for assembly."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kitwright.dataset import AnswerSample, ConversationTest, IntentSample, Simulation
from kitwright.dialogue import Domain, Flow
from kitwright.guard.rules import GuardRules
from kitwright.kit.code import KitCode
from kitwright.kit.manifest import KitManifest, Metric
from kitwright.nlu.data import NluData
from kitwright.privacy import PrivacyPolicy
from kitwright.prompting.layers import PromptBook
from kitwright.recipe import Recipe
from kitwright.types import Passage


@dataclass(frozen=True, slots=True)
class KitEval:
    """An eval of the kit with its samples."""

    name: str
    kind: str
    path: Path
    floors: Mapping[Metric, float]
    samples: tuple[IntentSample | AnswerSample, ...]

    @property
    def intents(self) -> tuple[IntentSample, ...]:
        """Its samples, if it is an eval of intents."""
        return tuple(sample for sample in self.samples if isinstance(sample, IntentSample))

    @property
    def answers(self) -> tuple[AnswerSample, ...]:
        """Its samples, if it is an eval of answers."""
        return tuple(sample for sample in self.samples if isinstance(sample, AnswerSample))


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """A domain's data, prompts, flows, recipes, rules and evals.

    Args:
        root: the kit's folder.
        hash: of every file in it.
        recipes: by name.
        code: what it brings as code; imported when first used.
        training_data: folder of its records, or None.
        simulation: what its simulated users want, or None.
    """

    root: Path
    hash: str
    manifest: KitManifest
    domain: Domain
    flows: Mapping[str, Flow]
    nlu: NluData = field(repr=False)
    prompts: PromptBook = field(repr=False)
    passages: tuple[Passage, ...] = field(repr=False)
    guard: GuardRules
    privacy: PrivacyPolicy
    recipes: Mapping[str, Recipe]
    evals: tuple[KitEval, ...] = field(repr=False)
    tests: tuple[ConversationTest, ...] = field(repr=False)
    code: KitCode = field(compare=False)
    training_data: Path | None = None
    simulation: Simulation | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The kit's name."""
        return self.manifest.name

    def data_file(self, name: str) -> Path:
        """A recipe's data file: in the kit's folder, or else in its training data."""
        own = self.root / name
        return own if own.is_file() or self.training_data is None else self.training_data / name
