"""Scrubbing records that others published: personal data of a whole record become placeholders, consistently.

Placeholders that a record already holds stay, and are not given to other values.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from kitwright.dataset.importers import ChatDraft, Draft, Personal, TextDraft
from kitwright.dataset.sample import Said
from kitwright.privacy import MemoryVault, PresidioScrubber, PrivacyPolicy, taggers
from kitwright.types import PLACEHOLDER, Vault, label_of

_LONGEST = 60  # characters of a placeholder; what is longer only looks like one


class RecordScrubber:
    """Scrubs drafts, each with a vault of its own.

    Args:
        policy: of the kit; the defaults are strict.
    """

    def __init__(self, policy: PrivacyPolicy | None = None) -> None:
        self._scrubber = PresidioScrubber(policy, recognisers=taggers())
        self._kept = self._scrubber.policy.kept
        self.hidden: Counter[str] = Counter()
        """How many values were hidden, by label."""

    def scrub(self, draft: Draft) -> Draft:
        """The draft without personal data.

        Raises:
            ScrubFailed: anything went wrong; nothing of the draft may be used.
        """
        taken = {found for found in PLACEHOLDER.findall(repr(draft)) if len(found) <= _LONGEST}
        vault = MemoryVault(taken=taken)
        if isinstance(draft, TextDraft):
            return replace(draft, text=self._text(draft.text, vault, taken))
        known = self._known(draft)
        return self._chat(draft, lambda text: self._text(_without(text, known, vault), vault, taken))

    def _known(self, draft: ChatDraft) -> list[Personal]:
        """Values that the source names, the longest first, so that none is cut up by another."""
        known = (personal for personal in draft.personal if personal.label not in self._kept)
        return sorted(known, key=lambda personal: len(personal.value), reverse=True)

    def _chat(self, draft: ChatDraft, clean: Callable[[str], str]) -> ChatDraft:
        turns = tuple(Said(said.role, clean(said.content)) for said in draft.turns)
        return replace(draft, turns=turns, facts=_cleaned(draft.facts, clean))

    def _text(self, text: str, vault: Vault, taken: set[str]) -> str:
        scrubbed = self._scrubber.scrub_foreign(text, vault, placeholders=True)
        given = (found for found in PLACEHOLDER.findall(scrubbed) if found not in taken)
        self.hidden.update(map(label_of, given))
        return scrubbed


def _without(text: str, known: Iterable[Personal], vault: Vault) -> str:
    for label, value, any_case in known:
        pattern = rf"(?<!\w){re.escape(value)}(?!\w)"
        text = re.sub(pattern, partial(_hide, vault, label), text, flags=re.IGNORECASE if any_case else 0)
    return text


def _hide(vault: Vault, label: str, found: re.Match[str]) -> str:
    return vault.hide(label, found[0], owned=False)


def _cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    """Plain data with every text in it cleaned; names of fields stay."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(item, clean) for item in value]
    return {key: _cleaned(item, clean) for key, item in value.items()} if isinstance(value, dict) else value
