"""What was heard: one message in the light of an open question, and what it could be to it."""

import re
from functools import cached_property
from typing import Final

from kitwright.dialogue.cues import (
    BRIEF,
    SHORT,
    asks,
    continues,
    corrects,
    in_general,
    lacks,
    lacks_only,
    meant,
    only_names,
    refuses,
    replaces,
    requests,
    wishes,
    wonders,
    yes_or_no,
)
from kitwright.dialogue.domain import SlotMapping
from kitwright.dialogue.filling import slots_filled
from kitwright.dialogue.listing import listed
from kitwright.dialogue.program import collected
from kitwright.dialogue.routes import PATTERNS, Routes
from kitwright.dialogue.run import programs_asked
from kitwright.dialogue.tracker import Tracker
from kitwright.types import ScrubbedText, Understanding

_WORD: Final = re.compile(r"[^\W\d_]+")


class Heard:
    """One message against one conversation.

    Args:
        routes: from intents to flows.
        tracker: the conversation before the message.
        text: the message.
        understanding: its reading.
    """

    def __init__(self, routes: Routes, tracker: Tracker, text: ScrubbedText, understanding: Understanding) -> None:
        self.routes = routes
        self.tracker = tracker
        self.text = text
        self.understanding = understanding
        self.flow = routes.flow_for(understanding, text, tracker.slots)
        open_flows = {frame.flow for frame in tracker.stack}
        self.filled = slots_filled(
            routes.domain,
            understanding,
            text,
            tracker.asked,
            sure=routes.thresholds.sure,
            flows=frozenset({*open_flows, self.flow or ""}),
        )
        if self.is_general or (tracker.active is not None and (self.is_data or self.is_offer)):
            self.flow = None  # "the postcode is LL57 2DG" is an answer, whatever it sounds like
        self._keep_descriptions()

    @cached_property
    def mine(self) -> frozenset[str]:
        """The slots that the open purpose collects."""
        return programs_asked(self.routes.programs, self.tracker.chain)

    @cached_property
    def is_data(self) -> bool:
        """Whether the message only gives values, for a slot that the open purpose, or else the last one, collects."""
        done = self.tracker.done
        last = collected(self.routes.programs, done) if done in self.routes.programs and done else frozenset[str]()
        wanted = self.mine if self.tracker.active else last
        taken = {mapping.entity for slot in wanted for mapping in self._mappings(slot)}
        entities = self.understanding.entities
        fits = self._takes_text(self.tracker.asked) or all(entity.name in taken for entity in entities)
        return bool(wanted & self.filled.keys()) and fits and only_names(self.text, entities, self._names())

    @cached_property
    def is_general(self) -> bool:
        """Whether it asks how things are done, of what a flow does for a case: that is for the knowledge base."""
        if self.flow is None or self.flow in PATTERNS or not collected(self.routes.programs, self.flow):
            return False
        answers = {mapping.entity for mapping in self._mappings(self.tracker.asked)}
        return in_general(self.text) and all(entity.name in answers for entity in self.understanding.entities)

    @property
    def is_elsewhere(self) -> bool:
        """Whether its intent belongs to another flow."""
        return self.flow is not None and self.flow not in {frame.flow for frame in self.tracker.chain}

    @property
    def is_clear(self) -> bool:
        """Whether its intent is beyond doubt."""
        read = self.understanding
        return min(read.intent.confidence, read.in_scope) >= self.routes.thresholds.question

    @property
    def is_clearly_elsewhere(self) -> bool:
        """Whether it is another request, beyond doubt."""
        return self.is_clear and self.is_elsewhere and not self.routes.is_small_talk(str(self.flow))

    @property
    def is_question(self) -> bool:
        """Whether it is a question for the knowledge base."""
        return self.is_general or (
            self.routes.is_question(self.understanding, self.text, self.tracker.slots) and not self.is_data
        )

    @property
    def has_entity_asked(self) -> bool:
        """Whether it has an entity that the slot asked for is filled from."""
        wanted = {mapping.entity for mapping in self._mappings(self.tracker.asked) if mapping.type == "from_entity"}
        return any(entity.name in wanted for entity in self.understanding.entities)

    @property
    def names_what_was_asked(self) -> bool:
        """Whether it has an entity, an intent, or a yes or no, that the slot asked for is filled from."""
        if self.asks_yes_or_no and yes_or_no(self.text) is not None:
            return True
        return self.has_entity_asked or self._means_answer("from_intent") or self.is_provoked

    @property
    def is_provoked(self) -> bool:
        """Whether its intent is what people sound like who answer this question in their own words.

        "Do you have it in L?" is an answer for the value in it; "can I exchange it?" is none, nor is "not that. I want
        another colour".
        """
        asks_only = wonders(self.text) or (self.is_elsewhere and wishes(self.text) and not self.understanding.entities)
        return self._means_answer("from_text") and not (asks_only or refuses(self.text))

    @property
    def is_offer(self) -> bool:
        """Whether its intent is what a value sounds like that it gives the open purpose, and it wishes for nothing."""
        given = self.mine & self.filled.keys()
        return any(self._means_answer("from_entity", slot) for slot in given) and not wishes(self.text)

    def _means_answer(self, by: str, slot: str | None = None) -> bool:
        meanings = {m.intent for m in self._mappings(slot or self.tracker.asked) if m.type == by}
        return self.understanding.intent.name in meanings

    @property
    def asks_yes_or_no(self) -> bool:
        """Whether the open question is one for yes or no."""
        asked = self.routes.domain.slots.get(self.tracker.asked or "")
        return asked is not None and asked.type == "bool"

    @property
    def may_only_lack(self) -> bool:
        """Whether it may as well say that what was asked for is not there: "can I skip that?" is no sure cancelling."""
        return self.tracker.asked is not None and not self.asks_yes_or_no and lacks(self.text) and not self.is_clear

    @property
    def gives_nothing(self) -> bool:
        """Whether it says that what was asked for is not there, and is no question of its own, or half a yes."""
        if self.asks_yes_or_no and self._means_answer("from_intent"):
            return True
        if self.is_clearly_elsewhere:
            return False
        return lacks_only(self.text, self._names()) or (lacks(self.text) and not self.is_question)

    def requests(self) -> "list[Heard]":
        """The requests of its clauses: each for another flow, or with other values, or another question."""
        found: list[Heard] = []
        for part in self.understanding.parts:
            heard = Heard(self.routes, self.tracker, part.text, part.understanding)
            if heard._is_request() and not any(heard._repeats(earlier) for earlier in found):
                found.append(heard)
        return found

    def _is_request(self) -> bool:
        if not requests(self.text):
            return False
        if self.flow is None:
            return self.is_question and asks(self.text)
        return self.flow not in PATTERNS and not self.routes.is_small_talk(self.flow)

    def _repeats(self, earlier: "Heard") -> bool:
        if self.flow is None:
            return self.text == earlier.text
        wanted = collected(self.routes.programs, self.flow)
        same = all(earlier.filled.get(slot, value) == value for slot, value in self.filled.items() if slot in wanted)
        return self.flow == earlier.flow and same

    def only_flow(self) -> str | None:
        """The one flow that wants the values of a message that gives nothing else: "under 40" looks for something."""
        bare = only_names(self.text, self.understanding.entities, self._names())
        if self.is_question or not bare:
            return None
        return self.routes.only_for(self.filled.keys(), self.text, self.tracker.slots)

    def listed(self) -> tuple[str, tuple[str, ...]] | None:
        """The slot of its flow that it lists several values for."""
        if self.flow is None:
            return None
        return listed(self.routes.domain, self.routes.programs, self.flow, self.text, self.understanding.entities)

    def leaves(self) -> bool:
        """What would fill the slot asked for is still another request, or a question, if that is clear.

        A slot that takes any text is left by any such, one with a value of its own by a request with that value:
        "where is my order 1043" beside the question which order to return.
        """
        if self.is_data:
            return False
        if replaces(self.text) and self.is_clearly_elsewhere:
            return not self.has_entity_asked
        if self._takes_text(self.tracker.asked):
            clear = self.is_clear and (self.is_elsewhere or self.is_question) and requests(self.text)
            unrelated = wonders(self.text) and not self.understanding.entities
            refused = refuses(self.text) or (yes_or_no(self.text) is False and self.is_elsewhere)
            return (clear or unrelated or refused) and not self.names_what_was_asked
        return self.has_entity_asked and self.is_clearly_elsewhere and requests(self.text)

    def corrected(self) -> frozenset[str]:
        """The slots of the open purpose that this message gives another value."""
        if self.is_clearly_elsewhere:
            return frozenset()
        return frozenset(s for s in self.mine - {self.tracker.asked} if s in self.filled and self._differs(s))

    def asks_again(self) -> bool:
        """Whether a message with no other wish gives the last flow another value: "no, I meant 1043", "and 1095?"."""
        done, given = self.tracker.done, self.tracker.given
        longest = BRIEF if self.is_question and not self.is_data else SHORT
        if done is None or done not in self.routes.programs or len(self.text.split()) > longest:
            return False
        return not self._wishes(done) and any(
            self.filled.get(name, given.get(name)) != given.get(name) or self._means_other(name)
            for name in collected(self.routes.programs, done)
        )

    def _wishes(self, done: str) -> bool:
        """Whether it is a request that stands alone, for another flow than the last one or for the same anew."""
        if self.flow is None or self.routes.is_small_talk(self.flow) or self.is_data:
            return False
        if self.flow == done:
            return not (continues(self.text) or corrects(self.text))
        return self.is_clear or not continues(self.text)

    def _means_other(self, name: str) -> bool:
        """Whether it takes a yes or no back."""
        given, now = self.tracker.given.get(name), meant(self.text)
        return isinstance(given, bool) and now is not None and now != given

    def _keep_descriptions(self) -> None:
        """What was described in words is not replaced by a mention: the jumper is still the puffin jumper."""
        for name in self.mine & self.filled.keys() - {self.tracker.asked}:
            if self._takes_text(name) and name in self.tracker.slots and not self._differs(name):
                del self.filled[name]

    def _differs(self, slot: str) -> bool:
        new, old = self.filled[slot], self.tracker.slots.get(slot)
        if old is None or new == old:
            return False
        return not self._takes_text(slot) or (corrects(self.text) and not _words(new) <= _words(old))

    def _takes_text(self, slot: str | None) -> bool:
        return any(mapping.type == "from_text" for mapping in self._mappings(slot))

    def _mappings(self, slot: str | None) -> tuple[SlotMapping, ...]:
        found = self.routes.domain.slots.get(slot or "")
        return found.mappings if found else ()

    def _names(self) -> frozenset[str]:
        """The words for values: names of entities, and what the bot itself says when it asks for them."""
        questions = [
            said.text for slot in self.mine for said in self.routes.domain.responses.get(f"utter_ask_{slot}", ())
        ]
        return _words(" ".join([*self.routes.domain.entities, *questions]).replace("_", " "))


def _words(value: object) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(str(value)))
