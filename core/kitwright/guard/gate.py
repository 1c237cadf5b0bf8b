"""The gate: lets a reply through sentence by sentence, each only once it is known to be sound.

The same review is used while streaming and at the end, so what was shown is what is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kitwright.guard.answer_word import without_loose_answer
from kitwright.guard.disclosure import Disclosure, Personal
from kitwright.guard.evidence import (
    Evidence,
    Finding,
    Statement,
    gather,
    is_courtesy,
    objection,
    promises_a_person,
    stated,
)
from kitwright.guard.rules import OutputRules
from kitwright.types import FoundPassage, ScrubbedText, Turn, whole_texts
from kitwright.types.sentences import ends_properly, split_sentences

MAX_SENTENCES: Final = 6


@dataclass(slots=True)
class SentenceGate:
    """Feeds on pieces of a draft and gives back the sentences that may be shown.

    After the first sentence that may not be sent, or that says nothing new, nothing more passes. `shown` counts the
    sentences that passed, `claims` those that say more than a courtesy; `promised` is set by one that says that a
    person takes over. A first yes or no that its sentence does not
    carry is left out.

    Args:
        evidence: what a reply may take its facts and words from.
        rules: of the kit.
        disclosure: finds personal data that nobody gave.
    """

    evidence: Evidence
    rules: OutputRules
    disclosure: Disclosure | None = None
    stopped: bool = False
    finding: Finding | None = None
    shown: int = 0
    claims: int = 0
    promised: bool = False
    _rest: str = ""
    _said: frozenset[str] = frozenset()
    _told: tuple[Statement, ...] = ()
    _gap: str = ""

    def feed(self, piece: ScrubbedText) -> list[ScrubbedText]:
        """The sentences that this piece completes and that may be shown."""
        sentences, self._rest = split_sentences(self._rest + piece)
        return self._passed(sentences)

    def finish(self) -> list[ScrubbedText]:
        """The last sentence, if it was finished and may be shown."""
        rest, self._rest = self._rest, ""
        return self._passed([rest] if rest.strip() and ends_properly(rest) else [])

    def _passed(self, sentences: list[str]) -> list[ScrubbedText]:
        passed: list[ScrubbedText] = []
        for sentence in sentences:
            if self.stopped:
                break
            sentence = without_loose_answer(sentence, self.evidence.question)
            key, told = " ".join(sentence.lower().split()), stated(sentence, self.rules)
            self.finding = objection(sentence, self.evidence, self.rules) or self._disclosed(sentence)
            old = key in self._said or any(told.adds_nothing_to(earlier) for earlier in self._told)
            self.stopped = self.finding is not None or old or self.shown >= MAX_SENTENCES
            if not self.stopped:
                # White space goes out with the sentence behind it, so that none trails at the end.
                gap = self._gap + sentence[: len(sentence) - len(sentence.lstrip())] if self.shown else ""
                self._said |= {key}
                self._told += (told,)
                self.shown += 1
                self.claims += not is_courtesy(sentence, self.rules)
                self.promised |= promises_a_person(sentence, self.rules)
                passed.append(ScrubbedText(gap + sentence.strip()))
                self._gap = sentence[len(sentence.rstrip()) :]
        return passed

    def _disclosed(self, sentence: str) -> Finding | None:
        why = self.disclosure.in_sentence(sentence) if self.disclosure else None
        return Finding(why) if why else None


def gate_opener(rules: OutputRules, *, personal: Personal | None = None) -> Callable[[Turn], SentenceGate]:
    """A function that opens a gate for a turn, with that turn's evidence.

    Args:
        rules: of the kit.
        personal: finds personal data in a text; without it, none is looked for.
    """

    def open_gate(turn: Turn) -> SentenceGate:
        passages = whole_texts(turn.passages or ())
        results = turn.decision.evidence if turn.decision else ()
        said = [message.content for message in turn.history if message.role != "system"]
        fits = any(each.score >= rules.fitting for each in turn.passages or ())
        sources, conversation = [*passages, *results], [*said, turn.text or ""]
        disclosure = Disclosure(personal, (*sources, *conversation)) if personal else None
        return SentenceGate(gather(sources, conversation, rules, fits=fits), rules, disclosure)

    return open_gate


def review(draft: str, gate: SentenceGate) -> str:
    """The part of a finished draft that passes the gate."""
    return "".join([*gate.feed(ScrubbedText(draft)), *gate.finish()])


def excerpt(found: FoundPassage, *, words: int = 70) -> str:
    """The opening sentences of a passage, as many as fit; used verbatim when the model's wording is not."""
    sentences, rest = split_sentences(found.passage.text.strip())
    taken: list[str] = []
    for sentence in (*sentences, rest):
        if taken and len(" ".join([*taken, sentence]).split()) > words:
            break
        taken.append(sentence)
    return "".join(taken).strip()
