"""Training of the tagger: LoRA on the encoder and a head on the states of words, learned from filled templates.

Sources: Hu et al. 2021 (LoRA); Guo et al. 2017 (temperature).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kitwright.encoder import TunableEncoder, batches, model_folder, set_rate, tags_of
from kitwright.privacy.tagger.lexicon import EMPTY, Lexicon
from kitwright.privacy.tagger.marked import KEEP, LABELS, Marked
from kitwright.privacy.tagger.model import Array, Choices, PiiTagger
from kitwright.privacy.tagger.words import FORMS, Read, read_words

if TYPE_CHECKING:
    import torch

TAGS: Final = tags_of(sorted(LABELS - {KEEP}))
_LONGEST: Final = 128  # tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class PiiSettings:
    """How to train.

    Args:
        layers: how many of the upper layers get an adapter.
        rank: of the adapter.
        learning_rate: of the adapter.
        head_rate: of the head.
        examples: how many to generate.
        epochs: passes over them.
        batch_size: texts a step.
        caution: see `Choices`.
        seed: decides everything random.
    """

    layers: int = 6
    rank: int = 16
    learning_rate: float = 1e-3
    head_rate: float = 3e-3
    examples: int = 24_000
    epochs: float = 1.0
    batch_size: int = 32
    caution: float = 1.0
    seed: int = 0


def train_tagger(
    learned: Sequence[Marked],
    held_out: Sequence[Marked],
    settings: PiiSettings,
    *,
    lexicon: Lexicon,
    origin: dict[str, Any],
    tick: Callable[[int, int, float], None] = lambda _done, _of, _loss: None,
) -> PiiTagger:
    """Train a tagger, the same each time for the same examples and settings.

    Args:
        learned: examples to learn from.
        held_out: examples of other templates, to learn the temperature from.
        settings: how.
        lexicon: what words are known as.
        origin: kept with the weights.
        tick: told about every step: its number, how many there are, the loss.
    """
    import torch

    torch.manual_seed(settings.seed)
    network = _Network(settings, lexicon)
    seen, states = network.seen(learned)
    head = network.head
    steps = round(settings.epochs * len(seen) / settings.batch_size)
    optimizer = network.encoder.optimizer(settings.learning_rate, dict.fromkeys(head.parameters(), settings.head_rate))
    network.encoder.model.train()
    for step, rows in enumerate(batches(np.arange(len(seen)), settings.batch_size, steps, settings.seed)):
        set_rate(optimizer, step, steps)
        scores = network.scores([seen[row].read for row in rows], [states[row] for row in rows])
        loss = torch.nn.functional.cross_entropy(scores, torch.tensor(np.concatenate([seen[row].tags for row in rows])))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.encoder.trained, 1.0)
        optimizer.step()
        tick(step + 1, steps, loss.item())
    network.encoder.model.eval()
    choices = Choices(network.temperature(held_out), settings.caution)
    weights, offsets = head.weight.detach().numpy().T.copy(), head.bias.detach().numpy().copy()
    return PiiTagger(TAGS, network.encoder.adapter(), weights, offsets, choices, lexicon, origin)


@dataclass(frozen=True, slots=True)
class _Seen:
    """An example as the network sees it: its words, and the numbers of their tags."""

    read: Read
    tags: Array


class _Network:
    """The encoder with a fresh adapter, and a head."""

    def __init__(self, settings: PiiSettings, lexicon: Lexicon) -> None:
        import torch
        from tokenizers import Tokenizer

        self.encoder = TunableEncoder(model_folder(), layers=settings.layers, rank=settings.rank, longest=_LONGEST)
        self._lexicon = lexicon
        self._tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST)
        self._tokenizer.no_padding()
        self.head = torch.nn.Linear(self.encoder.model.config.hidden_size + FORMS, len(TAGS))
        torch.nn.init.zeros_(self.head.weight)

    def seen(self, examples: Sequence[Marked]) -> "tuple[list[_Seen], list[torch.Tensor]]":
        """The examples that have a word, and the states of their tokens below the adapter."""
        found = [self._seen(example, (EMPTY, self._lexicon)[n % 2]) for n, example in enumerate(examples)]
        kept = [(one, example.text) for one, example in zip(found, examples, strict=True) if one.read.words]
        return [one for one, _ in kept], self.encoder.below([text for _, text in kept])

    def _seen(self, example: Marked, lexicon: Lexicon) -> _Seen:
        read = read_words(example.text, self._tokenizer.encode(example.text).offsets, lexicon)
        tags = np.zeros(len(read.words), dtype=np.int64)
        for stretch in example.stretches:
            covered = [n for n, (start, end) in enumerate(read.words) if start < stretch.end and stretch.start < end]
            tags[covered] = TAGS.index(f"I-{stretch.label}")
            tags[covered[:1]] = TAGS.index(f"B-{stretch.label}")
        return _Seen(read, tags)

    def scores(self, reads: "Sequence[Read]", states: "Sequence[torch.Tensor]") -> "torch.Tensor":
        """Scores of the tags of all words of some texts, shape (words, tags)."""
        import torch

        above, _ = self.encoder.above(states)
        rows = torch.tensor([row for row, read in enumerate(reads) for _ in read.firsts])
        firsts = torch.tensor([first for read in reads for first in read.firsts])
        forms = torch.from_numpy(np.concatenate([read.forms for read in reads]))
        found: torch.Tensor = self.head(torch.cat([above[rows, firsts], forms], dim=1))
        return found

    def temperature(self, examples: Sequence[Marked]) -> float:
        """What the scores are divided by for the chances of held-out words to be right."""
        import torch
        from scipy.optimize import minimize_scalar

        seen, states = self.seen(examples)
        with torch.inference_mode():
            parts = [self.scores([one.read for one in seen[some]], states[some]) for some in _slices(len(seen))]
        scores = torch.cat(parts)
        right = torch.tensor(np.concatenate([one.tags for one in seen]))
        found = minimize_scalar(
            lambda heat: float(torch.nn.functional.cross_entropy(scores / heat, right)),
            bounds=(0.5, 5.0),
            method="bounded",
        )
        return float(found.x)


def _slices(count: int, size: int = 64) -> Iterator[slice]:
    for start in range(0, count, size):
        yield slice(start, start + size)
