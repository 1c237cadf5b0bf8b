"""Checks of simulations: goals named once, with slots, intents, ways of saying, and expectations that exist."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from kitwright.dataset import Goal, Manners, blanks
from kitwright.dialogue import Domain
from kitwright.files import YamlDocument
from kitwright.kit.checks.conversations import check_step
from kitwright.kit.folder import KitFolder
from kitwright.kit.reading import KitFiles


def check_simulations(kit: KitFolder, files: KitFiles, domain: Domain) -> None:
    """Names and manners once, and nothing in them that the kit does not have."""
    manners: str | None = None
    names: dict[str, str] = {}
    for document, file in files.simulations:
        if file.manners is not None:
            place = document.place("manners")
            if manners is not None:
                kit.wrong("KW107", place, f"manners stand already at {manners}")
            manners = place
            _check_manners(kit, document, file.manners, domain)
        for index, goal in enumerate(file.goals):
            place = document.place("goals", index, "goal")
            if names.setdefault(goal.goal, place) != place:
                kit.wrong("KW107", place, f"goal has the name of the one at {names[goal.goal]}", goal.goal)
            _GoalCheck(kit, files, domain, partial(document.place, "goals", index)).run(goal)


def _check_manners(kit: KitFolder, document: YamlDocument, manners: Manners, domain: Domain) -> None:
    for key in ("ways", "wrong", "volunteered"):
        for slot in getattr(manners, key):
            kit.missing("slot", slot, domain.slots, document.place("manners", key))
    for slot, ways in manners.ways.items():
        _check_blanks(kit, ways, ("value", *domain.slots), document.place("manners", "ways", slot))


@dataclass(frozen=True, slots=True)
class _GoalCheck:
    """The check of one goal; `place` gives file and line of a path inside it."""

    kit: KitFolder
    files: KitFiles
    domain: Domain
    place: Callable[..., str]

    def run(self, goal: Goal) -> None:
        self.kit.missing("intent", goal.intent, self.domain.intents, self.place("intent"))
        for number, case in enumerate(goal.cases):
            for slot in case:
                self.kit.missing("slot", slot, self.domain.slots, self.place("cases", number, slot))
        self.check_words(goal)
        for number, step in enumerate(goal.reached_in(goal.cases[0])):
            check_step(self.kit, self.files, self.domain, self.place("reached", number, step.kind), step)

    def check_words(self, goal: Goal) -> None:
        always = set.intersection(*(set(case) for case in goal.cases))
        ever = set().union(*goal.cases)
        _check_blanks(self.kit, goal.openings, always, self.place("openings"))
        for slot, ways in goal.ways.items():
            self.kit.missing("slot", slot, self.domain.slots, self.place("ways", slot))
            _check_blanks(self.kit, ways, {*always, "value"} if slot in ever else always, self.place("ways", slot))
        for slot in goal.asks:
            known = {*ever, *goal.ways}
            self.kit.missing("slot that a case or way of the goal has", slot, known, self.place("asks"))


def _check_blanks(kit: KitFolder, templates: tuple[str, ...], known: Iterable[str], place: str) -> None:
    for template in templates:
        for name in blanks(template):
            kit.missing("value that everybody with this goal knows", name, known, place)
